package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What gateways tell each other on {@link ai.artcafe.model.subject.PlatformSubjects#CUT_OFF}.
 *
 * @param from the run of the gateway that says so
 * @param agentId whose; all of the tenant's, and its users', when absent
 * @param connectionId the one connection that is meant; all of the agent's when absent
 * @param why the id of an {@link EndReason}; gateways that know of none leave it out
 * @param code the error that closes them
 * @param reason for the agent to read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record CutOffNotice(
        String from,
        TenantId tenantId,
        Optional<AgentId> agentId,
        Optional<String> connectionId,
        Optional<String> why,
        String code,
        String reason) {

    CutOffNotice {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(tenantId, "tenant_id");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(reason, "reason");
    }

    static CutOffNotice of(
            String from,
            TenantId tenant,
            Optional<AgentId> agent,
            Optional<String> connectionId,
            EndReason why,
            String reason) {
        return new CutOffNotice(
                from,
                tenant,
                agent,
                connectionId,
                Optional.of(why.id()),
                why.code().orElse(ErrorCode.FORBIDDEN).code(),
                reason);
    }

    /** {@code revoked} for one that only a newer gateway knows. */
    EndReason endReason() {
        return why.flatMap(EndReason::parse)
                .filter(known -> known.code().isPresent())
                .or(() ->
                        Arrays.stream(EndReason.values())
                                .filter(known ->
                                        known.code()
                                                .filter(error -> error.code().equals(code))
                                                .isPresent())
                                .findFirst())
                .orElse(EndReason.REVOKED);
    }
}
