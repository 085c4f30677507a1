package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.model.presence.Door;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Hears of every socket that opens and closes here. Thread-safe, never blocks. */
@ApplicationScoped
public class Roster {

    private final ConnectionLimit limit;
    private final ConnectionBus bus;
    private final ConnectionRecords records;
    private final Arrivals arrivals;
    private final String gatewayId;
    private final Clock clock;

    Roster(
            ConnectionLimit limit,
            ConnectionBus bus,
            ConnectionRecords records,
            Arrivals arrivals,
            GatewayIdentity gateway,
            Clock clock) {
        this.limit = limit;
        this.bus = bus;
        this.records = records;
        this.arrivals = arrivals;
        this.gatewayId = gateway.id();
        this.clock = clock;
    }

    /**
     * The socket is open; others of the same agent may have to make room for it, or it for them.
     */
    public void opened(OpenSocket socket) {
        AgentConnection connection = AgentConnection.of(socket);
        bus.opened(connection);
        records.opened(connection);
        limit.apply(connection.agentId());
        arrivals.socket(socket.admitted());
    }

    public void closed(OpenSocket socket, Ending ending) {
        bus.closed(socket.connectionId());
        records.ended(
                EndedConnection.closed(
                        AgentConnection.of(socket),
                        Door.WEBSOCKET,
                        gatewayId,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        ending));
    }
}
