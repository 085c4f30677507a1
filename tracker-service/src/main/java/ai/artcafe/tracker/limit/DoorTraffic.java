package ai.artcafe.tracker.limit;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What agents have published at the NATS door since the last window ended, by the readings that
 * went into the ledger; control messages are not in it. Thread-safe.
 */
final class DoorTraffic {

    /** Connections and taps of which nothing was read for so long are forgotten. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);

    private final Duration window;

    private final Map<ConnectionKey, Seen> connections = new HashMap<>(); // guarded by this
    private final Map<String, Seen> moved = new HashMap<>(); // by counter; guarded by this
    private Map<TenantId, Map<AgentId, Long>> published = new HashMap<>(); // guarded by this

    /**
     * @param messages cumulative
     * @param at when they had come to that
     */
    private record Seen(long messages, Instant at) {}

    DoorTraffic(Duration window) {
        this.window = window;
    }

    synchronized void take(Collection<Applied> all) {
        for (Applied applied : all) {
            for (Observed observed : applied.batch().readings()) {
                take(observed);
            }
            for (ControlCount count : applied.batch().control()) {
                Traffic now = applied.moved().get(count.counter());
                if (now != null) {
                    take(applied.batch().tenant(), applied.batch().at(), count, now.messages());
                }
            }
        }
    }

    private void take(Observed observed) {
        Reading reading = observed.reading();
        if (reading.connection().source().kind() != ReadingSource.Kind.NATS
                || !(reading.agent() instanceof AgentId agent)) {
            return;
        }
        long messages = reading.counters().inMessages();
        Seen before = connections.get(reading.connection());
        if (before == null) {
            // what an old connection had sent before it was first seen is not of this window
            boolean isNew = !reading.openedAt().isBefore(observed.at().minus(window));
            before = new Seen(isNew ? 0 : messages, reading.openedAt());
        }
        add(reading.tenant(), agent, share(before, messages, observed.at()));
        if (reading.last()) {
            connections.remove(reading.connection());
        } else if (messages >= before.messages()) {
            connections.put(reading.connection(), new Seen(messages, observed.at()));
        }
    }

    /** Of what came in a longer time than a window, one window's share. */
    private long share(Seen before, long messages, Instant at) {
        long more = Math.max(0, messages - before.messages());
        Duration took = Duration.between(before.at(), at);
        return took.compareTo(window) <= 0 ? more : more * window.toMillis() / took.toMillis();
    }

    private void take(TenantId tenant, Instant at, ControlCount count, long messages) {
        Seen before = moved.getOrDefault(count.counter(), new Seen(0, at));
        add(tenant, count.agent(), -share(before, messages, at));
        moved.put(count.counter(), new Seen(Math.max(messages, before.messages()), at));
    }

    private void add(TenantId tenant, AgentId agent, long messages) {
        if (messages != 0) {
            published
                    .computeIfAbsent(tenant, _ -> new HashMap<>())
                    .merge(agent, messages, Long::sum);
        }
    }

    /** Ends the window: what each agent has published in it. */
    synchronized Map<TenantId, Map<AgentId, Long>> cut(Instant now) {
        Map<TenantId, Map<AgentId, Long>> ended = published;
        published = new HashMap<>();
        Instant before = now.minus(FORGOTTEN);
        connections.values().removeIf(seen -> seen.at().isBefore(before));
        moved.values().removeIf(seen -> seen.at().isBefore(before));
        return ended;
    }
}
