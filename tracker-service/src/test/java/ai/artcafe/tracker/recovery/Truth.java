package ai.artcafe.tracker.recovery;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a tenant's agents really did, and the readings that tell of it. */
final class Truth {

    private static final ReadingSource SERVER = ReadingSource.natsServer("NTRUTH");

    private final TenantId tenant;
    private final Map<ConnectionKey, Connection> connections = new LinkedHashMap<>();
    private final Map<AgentId, Traffic> control = new LinkedHashMap<>();
    private final Map<Slice, UsageTotals> totals = new HashMap<>();

    /** A total: of whom (the tenant when empty), of when (always when empty). */
    record Slice(Optional<AgentId> agent, Optional<Period> period, Instant start) {}

    private record Connection(AgentId agent, Instant openedAt, Counters counters, boolean closed) {}

    Truth(TenantId tenant) {
        this.tenant = tenant;
    }

    ConnectionKey connection(int number) {
        return new ConnectionKey(SERVER, Integer.toString(number));
    }

    ReadingSource source() {
        return SERVER;
    }

    /** A connection takes messages in and hands some out. */
    Observed carry(AgentId agent, int number, long messages, Instant at, boolean last) {
        ConnectionKey key = connection(number);
        Connection before = connections.get(key);
        long bytes = messages * (100 + number);
        Counters more = Counters.of(messages, bytes, 2 * messages, 2 * bytes + 1);
        Counters sum = before == null ? more : plus(before.counters, more);
        Connection after = new Connection(agent, before == null ? at : before.openedAt, sum, last);
        connections.put(key, after);
        add(
                agent,
                at,
                new UsageTotals(
                        new Traffic(messages, bytes),
                        new Traffic(2 * messages, 2 * bytes + 1),
                        Traffic.NONE,
                        before == null ? 1 : 0));
        return observed(key, at);
    }

    /** Some of what an agent took in was heartbeats. */
    ControlCount heartbeats(AgentId agent, long messages, Instant at) {
        long bytes = 10 * messages;
        Traffic seen = control.merge(agent, new Traffic(messages, bytes), Traffic::plus);
        add(
                agent,
                at,
                new UsageTotals(
                        new Traffic(-messages, -bytes),
                        Traffic.NONE,
                        new Traffic(messages, bytes),
                        0));
        return new ControlCount(agent, agent + "/tap/1", seen, true);
    }

    /** What everyone would read now: all connections and counts, at their latest. */
    TenantBatch everything(Instant at) {
        List<Observed> readings = new ArrayList<>();
        connections.keySet().forEach(key -> readings.add(observed(key, at)));
        List<ControlCount> counts = new ArrayList<>();
        control.forEach(
                (agent, seen) -> counts.add(new ControlCount(agent, agent + "/tap/1", seen, true)));
        return new TenantBatch(tenant, at, readings, counts);
    }

    private Observed observed(ConnectionKey key, Instant at) {
        Connection connection = connections.getOrDefault(key, null);
        return new Observed(
                new Reading(
                        key,
                        tenant,
                        connection.agent,
                        connection.openedAt,
                        connection.counters,
                        connection.closed),
                at);
    }

    private void add(AgentId agent, Instant at, UsageTotals more) {
        for (Optional<AgentId> who : List.of(Optional.<AgentId>empty(), Optional.of(agent))) {
            totals.merge(new Slice(who, Optional.empty(), Instant.EPOCH), more, UsageTotals::plus);
            for (Period period : Period.values()) {
                if (who.isEmpty() || period != Period.HOURLY) {
                    totals.merge(
                            new Slice(who, Optional.of(period), period.start(at)),
                            more,
                            UsageTotals::plus);
                }
            }
        }
    }

    Map<Slice, UsageTotals> totals() {
        return totals;
    }

    long open(AgentId agent) {
        return connections.values().stream()
                .filter(connection -> connection.agent.equals(agent) && !connection.closed)
                .count();
    }

    private static Counters plus(Counters one, Counters other) {
        return Counters.of(
                one.inMessages() + other.inMessages(),
                one.inBytes() + other.inBytes(),
                one.outMessages() + other.outMessages(),
                one.outBytes() + other.outBytes());
    }
}
