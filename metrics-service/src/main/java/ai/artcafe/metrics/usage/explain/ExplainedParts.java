package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.usage.Amount;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/**
 * The rollups that an amount is the sum of.
 *
 * @param by {@code day} or {@code hour}
 * @param items in their order; those without anything booked are left out
 * @param sum of all of them
 * @param difference the amount less the sum: all zero, as both are booked in one step and read as
 *     of one moment
 */
public record ExplainedParts(String by, List<Part> items, Amount sum, Amount difference) {

    public ExplainedParts {
        items = List.copyOf(items);
    }

    /**
     * One of them.
     *
     * @param period under which it is explained in turn
     * @param to the first instant after it
     */
    public record Part(String period, Instant from, Instant to, @JsonUnwrapped Amount amount) {}
}
