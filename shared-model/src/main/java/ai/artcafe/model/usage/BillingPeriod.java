package ai.artcafe.model.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A month of billing, in UTC. It is open while it lasts; for a time after its end what belongs to
 * it is still booked to it; then it is closed, and never changes again.
 *
 * @param start its first instant
 */
public record BillingPeriod(Instant start) {

    /** Where a billing period is in its life. */
    public enum State {
        OPEN,
        GRACE,
        CLOSED;

        /** The name in answers, lower case. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static BillingPeriod containing(Instant at) {
        return new BillingPeriod(Period.MONTHLY.start(at));
    }

    /** The first instant after it. */
    public Instant end() {
        return Period.MONTHLY.end(start);
    }

    /** {@code 202611}. */
    public String label() {
        return Period.MONTHLY.label(start);
    }

    /**
     * @param grace how long after its end it still takes in what belongs to it
     */
    public State state(Instant now, Duration grace) {
        if (now.isBefore(end())) {
            return State.OPEN;
        }
        return now.isBefore(end().plus(grace)) ? State.GRACE : State.CLOSED;
    }
}
