package ai.artcafe.gateway.connection;

import ai.artcafe.model.presence.Door;
import java.time.Instant;
import java.util.Objects;

/**
 * A connection that has ended, as it is kept for a day.
 *
 * @param serverId the gateway's id, or the NATS server's
 * @param refused it never was: the agent was refused at that moment, and {@code opened_at} is the
 *     same
 */
public record EndedConnection(
        AgentConnection connection,
        Door door,
        String serverId,
        Instant at,
        Ending ending,
        boolean refused) {

    public EndedConnection {
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(serverId, "server_id");
        Objects.requireNonNull(at, "closed_at");
    }

    /** It was open, and has been closed. */
    public static EndedConnection closed(
            AgentConnection connection, Door door, String serverId, Instant at, Ending ending) {
        return new EndedConnection(connection, door, serverId, at, ending, false);
    }
}
