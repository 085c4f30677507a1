package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.usage.UsageTotals;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registered agent with every connection that it has ever made. */
final class LoadAgent {

    /** How it gets through its door. */
    @FunctionalInterface
    interface Way {
        AgentConnection connect() throws IOException;
    }

    private final AgentId id;
    private final Door door;
    private final Way way;
    private final List<AgentConnection> connections = new CopyOnWriteArrayList<>();

    LoadAgent(AgentId id, Door door, Way way) {
        this.id = id;
        this.door = door;
        this.way = way;
    }

    AgentId id() {
        return id;
    }

    Door door() {
        return door;
    }

    AgentConnection connect() throws IOException {
        AgentConnection connection = way.connect();
        connections.add(connection);
        return connection;
    }

    /** What all its connections have carried. */
    UsageTotals carried() {
        return connections.stream()
                .map(AgentConnection::carried)
                .reduce(UsageTotals.NONE, UsageTotals::plus);
    }
}
