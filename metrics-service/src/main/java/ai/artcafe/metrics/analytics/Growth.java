package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The steps that are over, against as many before them.
 *
 * @param basis who counted
 * @param from the first instant of the present ones; those before begin as long earlier
 * @param to the first instant after them
 * @param messages how many more, as a share of those before: 0.5 is half as many more; left out
 *     where there were none before
 * @param bytes the same of bytes
 */
public record Growth(
        Basis basis,
        Instant from,
        Instant to,
        Traffic present,
        Traffic previous,
        Optional<Double> messages,
        Optional<Double> bytes) {

    /** Who counted. */
    public enum Basis {
        /** Exact: hours. */
        LEDGER,
        /** What the taps saw: minutes. */
        TAP;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Growth of(Basis basis, Instant from, Instant to, Traffic present, Traffic previous) {
        return new Growth(
                basis,
                from,
                to,
                present,
                previous,
                ratio(present.messages(), previous.messages()),
                ratio(present.bytes(), previous.bytes()));
    }

    /**
     * Of the hours of the range that are over; empty while there are none.
     *
     * @param booked the hours of the range, and as many before
     */
    static Optional<Growth> ofLedger(
            AnalyticsRange range, NavigableMap<Instant, Booked> booked, Instant now) {
        Instant from = range.from();
        Instant to = range.completeTo(now);
        if (from.equals(to)) {
            return Optional.empty();
        }
        Instant before = from.minus(Duration.between(from, to));
        return Optional.of(
                of(
                        Basis.LEDGER,
                        from,
                        to,
                        BookedHours.sum(booked, from, to).totals().published(),
                        BookedHours.sum(booked, before, from).totals().published()));
    }

    private static Optional<Double> ratio(double now, double before) {
        return before == 0 ? Optional.empty() : Optional.of(Rounded.to(4, now / before - 1));
    }
}
