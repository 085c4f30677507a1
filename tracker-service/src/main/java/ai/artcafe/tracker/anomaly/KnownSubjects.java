package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.FlowSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The subjects of the last {@value #DAYS} days, by day, as sketches of a few kilobytes each. Not
 * thread-safe.
 */
final class KnownSubjects {

    static final int DAYS = 7;

    /** The days that are over, and the one that is under way. */
    private final NavigableMap<Instant, byte[]> days = new TreeMap<>();

    private DistinctItems all = new DistinctItems();
    private DistinctItems today = new DistinctItems();
    private Instant day = Instant.MIN;
    private Instant knownFrom = Instant.MAX;

    /** Subjects that were used at that time; times do not go back by more than a day. */
    void add(Instant at, DistinctItems subjects) {
        Instant start = FlowSpan.DAY.start(at);
        if (start.isAfter(day)) {
            turn(start);
        }
        if (at.isBefore(knownFrom)) {
            knownFrom = at;
        }
        today.merge(subjects);
        all.merge(subjects);
    }

    private void turn(Instant start) {
        if (!day.equals(Instant.MIN)) {
            days.put(day, today.toBytes());
        }
        day = start;
        today = new DistinctItems();
        days.headMap(start.minus(Duration.ofDays(DAYS))).clear();
        all = new DistinctItems();
        days.values().forEach(bytes -> all.merge(DistinctItems.of(bytes)));
    }

    DistinctItems all() {
        return all;
    }

    /** From when on anything is known. */
    Instant knownFrom() {
        return knownFrom;
    }
}
