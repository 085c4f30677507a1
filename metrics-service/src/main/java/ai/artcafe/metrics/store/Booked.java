package ai.artcafe.metrics.store;

import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import java.util.Map;

/**
 * What is booked to someone in a period.
 *
 * @param totals adjustments included
 * @param adjustments what reconciliation added to the published
 * @param progress grows with every change: of two values of one period the one with more is newer
 */
public record Booked(UsageTotals totals, Traffic adjustments, long progress) {

    public static final Booked NOTHING = new Booked(UsageTotals.NONE, Traffic.NONE, 0);

    /** From the fields of {@link UsageFields}; absent ones are zero. */
    static Booked read(Map<String, String> fields) {
        return new Booked(
                UsageFields.read(fields),
                new Traffic(
                        UsageFields.number(fields, UsageFields.ADJUSTMENT_MESSAGES),
                        UsageFields.number(fields, UsageFields.ADJUSTMENT_BYTES)),
                UsageFields.number(fields, UsageFields.PROGRESS));
    }

    /** Both together, for another period or another agent. */
    public Booked plus(Booked other) {
        return new Booked(
                totals.plus(other.totals),
                adjustments.plus(other.adjustments),
                Math.max(progress, other.progress));
    }

    /** The newer of two values of the same period. */
    public Booked newest(Booked other) {
        return other.progress > progress ? other : this;
    }
}
