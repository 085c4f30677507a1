package ai.artcafe.metrics.store;

import ai.artcafe.model.usage.Period;
import java.time.Duration;
import java.time.Instant;

/**
 * One hour, day or month.
 *
 * @param start its first instant
 */
public record Slice(Period period, Instant start) {

    /**
     * How long after its end live totals are still looked at. Usage read late is booked to the
     * period it belongs to for days, and rollups are a minute behind.
     */
    private static final Duration LIVE_AFTER_END = Duration.ofDays(4);

    public static Slice containing(Period period, Instant at) {
        return new Slice(period, period.start(at));
    }

    /** The first instant after it. */
    public Instant end() {
        return period.end(start);
    }

    /** Whether it has not ended, so that only the live totals know it. */
    public boolean isCurrent(Instant now) {
        return now.isBefore(end());
    }

    /** Whether the live totals may know it. */
    public boolean isLive(Instant now) {
        return now.isBefore(end().plus(LIVE_AFTER_END));
    }
}
