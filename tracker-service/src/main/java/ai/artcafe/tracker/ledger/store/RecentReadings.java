package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was applied last, of each connection and hour the latest: what a Redis that loses its last
 * second, or all that is not in the archive yet, has to be told again. Thread-safe.
 */
final class RecentReadings {

    /** Redis writes its log through every second; what is older than this is in the archive. */
    private static final Duration MEMORY = Duration.ofMinutes(3);

    /** Beyond so many the oldest go. */
    private static final int CAPACITY = 500_000;

    private record Key(TenantId tenant, String what, Instant hour) {}

    private sealed interface Remembered {
        long nanos();

        record OfReading(long nanos, Observed observed, Instant at) implements Remembered {}

        record OfControl(long nanos, ControlCount count, Instant at) implements Remembered {}
    }

    private final Map<Key, Remembered> remembered = new LinkedHashMap<>(); // guarded by this

    synchronized void add(TenantBatch batch) {
        long nanos = System.nanoTime();
        for (Observed observed : batch.readings()) {
            put(
                    new Key(
                            batch.tenant(),
                            observed.reading().connection().key(),
                            Period.HOURLY.start(observed.at())),
                    new Remembered.OfReading(nanos, observed, batch.at()));
        }
        for (ControlCount count : batch.control()) {
            put(
                    new Key(batch.tenant(), count.counter(), Period.HOURLY.start(batch.at())),
                    new Remembered.OfControl(nanos, count, batch.at()));
        }
        Iterator<Remembered> oldest = remembered.values().iterator();
        for (int excess = remembered.size() - CAPACITY; excess > 0; excess--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** To the end: oldest first. */
    private void put(Key key, Remembered entry) {
        remembered.remove(key);
        remembered.put(key, entry);
    }

    /** Everything, a batch a tenant. */
    synchronized List<TenantBatch> all() {
        Map<TenantId, List<Observed>> readings = new LinkedHashMap<>();
        Map<TenantId, List<ControlCount>> control = new LinkedHashMap<>();
        Map<TenantId, Instant> at = new LinkedHashMap<>();
        remembered.forEach((key, entry) -> {
            switch (entry) {
                case Remembered.OfReading(_, var observed, var booked) -> {
                    readings.computeIfAbsent(key.tenant, _ -> new ArrayList<>()).add(observed);
                    at.merge(key.tenant, booked, RecentReadings::later);
                }
                case Remembered.OfControl(_, var count, var booked) -> {
                    control.computeIfAbsent(key.tenant, _ -> new ArrayList<>()).add(count);
                    at.merge(key.tenant, booked, RecentReadings::later);
                }
            }
        });
        List<TenantBatch> batches = new ArrayList<>();
        at.forEach((tenant, booked) ->
                batches.add(
                        new TenantBatch(
                                tenant,
                                booked,
                                readings.getOrDefault(tenant, List.of()),
                                control.getOrDefault(tenant, List.of()))));
        return batches;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Redis still has everything: what is old is safe. */
    synchronized void confirmed() {
        long oldest = System.nanoTime() - MEMORY.toNanos();
        Iterator<Remembered> entries = remembered.values().iterator();
        while (entries.hasNext() && entries.next().nanos() - oldest < 0) {
            entries.remove();
        }
    }
}
