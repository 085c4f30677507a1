package ai.artcafe.gateway.connection;

import jakarta.enterprise.context.ApplicationScoped;

/** Hears of every socket that opens and closes here. Thread-safe, never blocks. */
@ApplicationScoped
public class Roster {

    private final ConnectionLimit limit;
    private final ConnectionBus bus;
    private final ConnectionRecords records;

    Roster(ConnectionLimit limit, ConnectionBus bus, ConnectionRecords records) {
        this.limit = limit;
        this.bus = bus;
        this.records = records;
    }

    /**
     * The socket is open; others of the same agent may have to make room for it, or it for them.
     */
    public void opened(OpenSocket socket) {
        AgentConnection connection = AgentConnection.of(socket);
        bus.opened(connection);
        records.opened(connection);
        limit.apply(connection.agentId());
    }

    public void closed(OpenSocket socket) {
        bus.closed(socket.connectionId());
        records.closed(AgentConnection.of(socket));
    }
}
