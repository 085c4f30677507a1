package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What of a tenant changed since it was last written to DynamoDB.
 *
 * @param revision up to which change this goes
 * @param hours the beginnings of the hours in which something was booked
 * @param agents agents with new totals
 * @param connections connection keys with a new position
 */
public record DirtyMarks(
        long revision, Set<Instant> hours, List<AgentId> agents, List<String> connections) {

    public DirtyMarks {
        hours = Set.copyOf(hours);
        agents = List.copyOf(agents);
        connections = List.copyOf(connections);
    }

    public boolean isEmpty() {
        return hours.isEmpty() && agents.isEmpty() && connections.isEmpty();
    }
}
