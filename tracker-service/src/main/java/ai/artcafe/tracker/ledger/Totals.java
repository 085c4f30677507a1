package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Period;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One hash of totals.
 *
 * @param agent whose; the tenant's when empty
 * @param span of which hour, day or month; since the beginning when empty
 * @param fields {@link ai.artcafe.model.key.UsageFields}
 */
public record Totals(Optional<Attribution> agent, Optional<Span> span, Map<String, String> fields) {

    public Totals {
        fields = Map.copyOf(fields);
    }

    /**
     * One hour, day or month.
     *
     * @param start its first instant
     */
    public record Span(Period period, Instant start) {}
}
