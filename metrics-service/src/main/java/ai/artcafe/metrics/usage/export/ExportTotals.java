package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.usage.Traffic;

/** What rows add up to. */
public record ExportTotals(
        Traffic published,
        Traffic delivered,
        Traffic control,
        Traffic adjustments,
        long connections) {

    static final ExportTotals NONE =
            new ExportTotals(Traffic.NONE, Traffic.NONE, Traffic.NONE, Traffic.NONE, 0);

    static ExportTotals of(Booked booked) {
        return new ExportTotals(
                booked.totals().published(),
                booked.totals().delivered(),
                booked.totals().control(),
                booked.adjustments(),
                booked.totals().connections());
    }

    ExportTotals plus(ExportTotals other) {
        return new ExportTotals(
                published.plus(other.published),
                delivered.plus(other.delivered),
                control.plus(other.control),
                adjustments.plus(other.adjustments),
                connections + other.connections);
    }

    ExportTotals minus(ExportTotals other) {
        return new ExportTotals(
                published.minus(other.published),
                delivered.minus(other.delivered),
                control.minus(other.control),
                adjustments.minus(other.adjustments),
                connections - other.connections);
    }
}
