package ai.artcafe.gateway.tenant;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.problem.ErrorCode;
import java.util.Optional;
import java.util.Set;

/**
 * What a request to create a tenant says.
 *
 * @param name for people; the id when it is missing
 * @param plan free when it is missing
 */
record NewTenant(Optional<TenantId> tenantId, Optional<String> name, Optional<Plan> plan) {

    /**
     * Words that begin a namespace or stand for no tenant: as a tenant's id they would make
     * subjects ambiguous.
     */
    private static final Set<String> RESERVED = Set.of("tenant", "agents", "unattributed");

    private static final int MAX_NAME = 200;

    TenantId id() {
        TenantId id =
                tenantId.orElseThrow(
                        () -> ErrorCode.INVALID_REQUEST.because("tenant_id is missing"));
        if (RESERVED.contains(id.value())) {
            throw ErrorCode.INVALID_REQUEST.because("tenant_id '" + id + "' is reserved");
        }
        return id;
    }

    String displayName() {
        return displayName(name.orElseGet(() -> id().value()));
    }

    static String displayName(String text) {
        if (text.isBlank()
                || text.length() > MAX_NAME
                || text.chars().anyMatch(Character::isISOControl)) {
            throw ErrorCode.INVALID_REQUEST.because(
                    "name must have 1 to " + MAX_NAME + " characters, no control characters");
        }
        return text;
    }

    Plan boughtPlan() {
        return plan.orElse(Plan.FREE);
    }
}
