package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rule of the ledger without a store: what the Lua scripts are held against. */
public final class LedgerModel implements Ledger {

    /** Who used it. */
    public record Client(TenantId tenant, Attribution agent) {}

    private record Position(Counters counters, boolean closed) {}

    private final Map<ConnectionKey, Position> positions = new HashMap<>();
    private final Map<Client, UsageTotals> agents = new HashMap<>();
    private final Map<Client, Integer> open = new HashMap<>();
    private final Map<String, Traffic> moved = new HashMap<>();
    private final Map<String, ConnectionOwner.Agent> pins = new HashMap<>();
    private final Map<String, Instant> sources = new TreeMap<>();
    private boolean away;

    /** Whether it answers at all. */
    public void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public Map<Long, ConnectionOwner.Agent> pin(
            String serverId, Map<Long, ConnectionOwner.Agent> seen) {
        check();
        Map<Long, ConnectionOwner.Agent> pinned = new HashMap<>();
        seen.forEach((cid, agent) -> {
            pins.putIfAbsent(serverId + cid, agent);
            pinned.put(cid, pins.get(serverId + cid));
        });
        return pinned;
    }

    @Override
    public Map<Long, ConnectionOwner.Agent> pinned(String serverId, Collection<Long> cids) {
        check();
        Map<Long, ConnectionOwner.Agent> found = new HashMap<>();
        for (Long cid : cids) {
            if (pins.containsKey(serverId + cid)) {
                found.put(cid, pins.get(serverId + cid));
            }
        }
        return found;
    }

    @Override
    public List<Applied> apply(Collection<TenantBatch> batches) {
        check();
        return batches.stream().map(this::apply).toList();
    }

    private Applied apply(TenantBatch batch) {
        batch.readings().forEach(observed -> apply(observed.reading()));
        Map<String, Traffic> result = new HashMap<>();
        for (ControlCount count : batch.control()) {
            Client client = new Client(batch.tenant(), count.agent());
            Traffic before = moved.getOrDefault(count.counter(), Traffic.NONE);
            UsageTotals totals = agents.getOrDefault(client, UsageTotals.NONE);
            long messages =
                    Math.min(
                            Math.max(0, count.seen().messages() - before.messages()),
                            totals.published().messages());
            long bytes =
                    Math.min(
                            Math.max(0, count.seen().bytes() - before.bytes()),
                            totals.published().bytes());
            agents.put(
                    client,
                    new UsageTotals(
                            totals.published().plus(-messages, -bytes),
                            totals.delivered(),
                            totals.control().plus(messages, bytes),
                            totals.connections()));
            moved.put(count.counter(), before.plus(messages, bytes));
            result.put(count.counter(), before.plus(messages, bytes));
        }
        return new Applied(batch, result);
    }

    private void apply(Reading reading) {
        if (reading.agent() instanceof Attribution.Gateway) {
            return; // a witness, not billed
        }
        Client client = new Client(reading.tenant(), reading.agent());
        Position before = positions.get(reading.connection());
        Counters last = before == null ? Counters.ZERO : before.counters();
        Counters now = last.max(reading.counters());
        boolean closed = reading.last() || before != null && before.closed();
        positions.put(reading.connection(), new Position(now, closed));
        boolean wasOpen = before != null && !before.closed();
        if (reading.agent() instanceof AgentId) {
            open.merge(client, (closed ? 0 : 1) - (wasOpen ? 1 : 0), Integer::sum);
        }
        agents.merge(
                client,
                new UsageTotals(
                        new Traffic(
                                now.inMessages() - last.inMessages(),
                                now.inBytes() - last.inBytes()),
                        new Traffic(
                                now.outMessages() - last.outMessages(),
                                now.outBytes() - last.outBytes()),
                        new Traffic(
                                now.controlMessages() - last.controlMessages(),
                                now.controlBytes() - last.controlBytes()),
                        before == null && reading.agent() instanceof AgentId ? 1 : 0),
                UsageTotals::plus);
    }

    public UsageTotals totals(TenantId tenant) {
        return agents.entrySet().stream()
                .filter(entry -> entry.getKey().tenant().equals(tenant))
                .map(Map.Entry::getValue)
                .reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    public UsageTotals totals(TenantId tenant, Attribution agent) {
        return agents.getOrDefault(new Client(tenant, agent), UsageTotals.NONE);
    }

    public int open(TenantId tenant, Attribution agent) {
        return open.getOrDefault(new Client(tenant, agent), 0);
    }

    /** Everything, for comparing two of them. */
    public List<Object> state() {
        return new ArrayList<>(List.of(new HashMap<>(agents), new HashMap<>(open)));
    }

    @Override
    public void readThrough(Map<ReadingSource, Instant> through) {
        check();
        through.forEach(
                (source, at) -> sources.merge(source.key(), at, (a, b) -> a.isAfter(b) ? a : b));
    }

    @Override
    public Map<String, Instant> sources() {
        check();
        return Map.copyOf(sources);
    }

    @Override
    public void leave(String sourceKey, Instant at) {
        check();
        sources.remove(sourceKey);
    }

    @Override
    public void settle(Instant at) {
        check();
    }

    private void check() {
        if (away) {
            throw new LedgerUnavailableException("away", new IllegalStateException("away"));
        }
    }
}
