package ai.artcafe.model.usage;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;

/**
 * What a gateway sends the trackers every second on {@link
 * ai.artcafe.model.subject.PlatformSubjects#GATEWAY_READINGS}: the sockets whose counters differ
 * from what a tracker has acknowledged. An empty batch still says that nothing is missing.
 *
 * @param gatewayId the gateway
 * @param epoch when this run of it began, in epoch milliseconds
 * @param at when the counters were read
 * @param closing whether this is the gateway's last batch: every socket is closed and in it
 * @param readings one entry a socket
 */
public record GatewayReadings(
        String gatewayId, long epoch, Instant at, boolean closing, List<Socket> readings) {

    public GatewayReadings {
        readings = List.copyOf(readings);
    }

    /**
     * One agent's socket, or what went through the REST API for a tenant in one go.
     *
     * @param agentId the agent, or {@link Attribution.Api}
     * @param last whether the socket is closed
     */
    public record Socket(
            String connectionId,
            TenantId tenantId,
            Attribution agentId,
            Instant openedAt,
            Counters counters,
            boolean last) {}

    public ReadingSource source() {
        return ReadingSource.gateway(gatewayId, epoch);
    }

    /** The same as readings for the ledger. */
    public List<Reading> toReadings() {
        ReadingSource source = source();
        return readings.stream()
                .map(socket ->
                        new Reading(
                                new ConnectionKey(source, socket.connectionId()),
                                socket.tenantId(),
                                socket.agentId(),
                                socket.openedAt(),
                                socket.counters(),
                                socket.last()))
                .toList();
    }

    @JsonIgnore
    public boolean isEmpty() {
        return readings.isEmpty();
    }
}
