package ai.artcafe.model.signal;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway sends the trackers every second on {@link
 * ai.artcafe.model.subject.PlatformSubjects#GATEWAY_SIGNALS}, when there is any. It is sent once
 * and not acknowledged: a lost heartbeat is followed by another.
 *
 * @param gatewayId the gateway
 * @param at when it was sent
 * @param heartbeats the latest of each socket since the last batch
 * @param errors how often what went wrong since the last batch
 */
public record GatewaySignals(
        String gatewayId, Instant at, List<Heartbeat> heartbeats, List<Errors> errors) {

    public GatewaySignals {
        heartbeats = List.copyOf(heartbeats);
        errors = List.copyOf(errors);
    }

    /**
     * @param at when it came in
     * @param frame the frame as the agent sent it, JSON; empty when it was too large to pass on
     */
    public record Heartbeat(
            TenantId tenantId,
            AgentId agentId,
            String connectionId,
            Instant at,
            Optional<String> frame) {}

    /**
     * @param agentId empty when nobody was authenticated
     */
    public record Errors(
            TenantId tenantId, Optional<AgentId> agentId, ErrorSignal kind, long count) {}
}
