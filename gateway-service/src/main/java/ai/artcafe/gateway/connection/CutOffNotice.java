package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.TenantCutOff;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;
import java.util.Optional;

/**
 * What gateways tell each other on {@link ai.artcafe.model.subject.PlatformSubjects#CUT_OFF}.
 *
 * @param from the run of the gateway that says so
 * @param agentId whose; all of the tenant's, and its users', when absent
 * @param connectionId the one connection that is meant; all of the agent's when absent
 * @param code the error that closes them
 * @param reason for the agent to read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CutOffNotice(
        String from,
        TenantId tenantId,
        Optional<AgentId> agentId,
        Optional<String> connectionId,
        String code,
        String reason) {

    CutOffNotice {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(tenantId, "tenant_id");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(reason, "reason");
    }

    static CutOffNotice of(String from, AgentCutOff cutOff) {
        return new CutOffNotice(
                from,
                cutOff.tenant(),
                Optional.of(cutOff.agent()),
                Optional.empty(),
                cutOff.code().code(),
                cutOff.reason());
    }

    static CutOffNotice of(String from, TenantCutOff cutOff) {
        return new CutOffNotice(
                from,
                cutOff.tenant(),
                Optional.empty(),
                Optional.empty(),
                ErrorCode.FORBIDDEN.code(),
                "the tenant is deleted");
    }

    /** The code; {@code forbidden} for one that only a newer gateway knows. */
    ErrorCode error() {
        for (ErrorCode known : ErrorCode.values()) {
            if (known.code().equals(code) && known.closeCode().isPresent()) {
                return known;
            }
        }
        return ErrorCode.FORBIDDEN;
    }
}
