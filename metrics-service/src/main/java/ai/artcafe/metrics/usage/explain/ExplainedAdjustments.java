package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.reconciliation.AdjustmentView;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What was adjusted in an amount, with its evidence.
 *
 * @param items those booked in the period, the first 100; the rest is in {@code
 *     /usage/reconciliation}
 * @param count how many there are, {@code null} where there are too many to count
 * @param sum of all of them, {@code null} where there are too many
 * @param difference what the amount says was adjusted, less the sum; {@code null} where there are
 *     too many; zero is the rule
 * @param bookedLater those that belong to this period and, as it was closed, are booked in a later
 *     one, the first 100
 */
public record ExplainedAdjustments(
        List<AdjustmentView> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Integer> count,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Traffic> sum,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Traffic> difference,
        List<AdjustmentView> bookedLater) {

    public ExplainedAdjustments {
        items = List.copyOf(items);
        bookedLater = List.copyOf(bookedLater);
    }
}
