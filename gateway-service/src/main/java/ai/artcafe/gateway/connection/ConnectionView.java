package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.connection.store.Recorded;
import ai.artcafe.model.presence.Door;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A connection of an agent.
 *
 * @param door {@code websocket} or {@code nats}
 * @param serverId the gateway's id, or the NATS server's
 * @param state {@code open}, {@code closed}; or {@code refused}, for one that never was
 * @param closeCode the code that closed the WebSocket, if there was one
 * @param reason why it was closed or refused
 */
record ConnectionView(
        String connectionId,
        String agentId,
        String door,
        String serverId,
        Instant openedAt,
        ConnectionState state,
        Optional<Instant> closedAt,
        Optional<Integer> closeCode,
        Optional<EndReason> reason) {

    /** What the ids of connections at the NATS door begin with; sockets have UUIDs. */
    static final String NATS = "nats-";

    static ConnectionView of(Recorded recorded) {
        return open(recorded.connection(), Door.WEBSOCKET, recorded.gatewayId());
    }

    static ConnectionView of(NatsDoor.Found found) {
        return open(connection(found), Door.NATS, found.serverId());
    }

    static ConnectionView of(EndedConnection ended) {
        return new ConnectionView(
                ended.connection().connectionId(),
                ended.connection().agentId().value(),
                ended.door().id(),
                ended.serverId(),
                ended.connection().openedAt(),
                ended.refused() ? ConnectionState.REFUSED : ConnectionState.CLOSED,
                Optional.of(ended.at()),
                ended.ending().closeCode(),
                Optional.of(ended.ending().reason()));
    }

    private static ConnectionView open(AgentConnection connection, Door door, String serverId) {
        return new ConnectionView(
                connection.connectionId(),
                connection.agentId().value(),
                door.id(),
                serverId,
                connection.openedAt(),
                ConnectionState.OPEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A connection at the NATS door, with an id that is unique among all connections. */
    static AgentConnection connection(NatsDoor.Found found) {
        return new AgentConnection(
                NATS + found.serverId() + "-" + found.cid(),
                found.owner().tenant(),
                found.owner().agent(),
                found.openedAt().truncatedTo(ChronoUnit.MILLIS));
    }
}
