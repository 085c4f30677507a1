package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
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

    private static Optional<Double> ratio(double now, double before) {
        return before == 0 ? Optional.empty() : Optional.of(Rounded.to(4, now / before - 1));
    }
}
