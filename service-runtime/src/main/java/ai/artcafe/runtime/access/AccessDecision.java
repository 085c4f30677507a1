package ai.artcafe.runtime.access;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;

/** Whether a user may act in a tenant. */
public sealed interface AccessDecision {

    /** They may. */
    record Granted(TenantAccess access) implements AccessDecision {}

    /**
     * They may not.
     *
     * @param code {@code not_found} for a tenant that is not theirs, whether it exists or not;
     *     {@code forbidden} for a role that does not suffice; {@code invalid_request} for a tenant
     *     that is not named clearly
     */
    record Refused(ErrorCode code, String detail) implements AccessDecision {}

    /** The access, or the refusal as an error. */
    default TenantAccess orThrow() {
        return switch (this) {
            case Granted(TenantAccess access) -> access;
            case Refused(ErrorCode code, String detail) -> throw new ProblemException(code, detail);
        };
    }
}
