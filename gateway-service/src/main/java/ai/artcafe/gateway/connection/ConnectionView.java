package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.connection.store.Recorded;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An open connection of an agent.
 *
 * @param door {@code websocket} or {@code nats}
 * @param serverId the gateway's id, or the NATS server's
 */
record ConnectionView(
        String connectionId, String agentId, String door, String serverId, Instant openedAt) {

    static ConnectionView of(Recorded recorded) {
        return new ConnectionView(
                recorded.connection().connectionId(),
                recorded.connection().agentId().value(),
                "websocket",
                recorded.gatewayId(),
                recorded.connection().openedAt());
    }

    static ConnectionView of(NatsDoor.Found found) {
        return new ConnectionView(
                idOf(found),
                found.owner().agent().value(),
                "nats",
                found.serverId(),
                found.openedAt().truncatedTo(ChronoUnit.MILLIS));
    }

    /** Unique among all connections; sockets have UUIDs. */
    static String idOf(NatsDoor.Found found) {
        return NATS + found.serverId() + "-" + found.cid();
    }

    static final String NATS = "nats-";
}
