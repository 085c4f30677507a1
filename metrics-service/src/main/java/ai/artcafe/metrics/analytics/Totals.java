package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import java.util.Map;
import java.util.Optional;

/**
 * The whole of the time.
 *
 * @param messages what the taps saw; left out where nobody listened at any time
 * @param bytes their payload and headers
 * @param control heartbeats and the like
 * @param sampledShare how much of the messages was looked at in detail, 0 to 1
 * @param published by the ledger, exact, gaps or not; of whole hours only
 * @param delivered the same
 * @param errorRate of all that was attempted, 0 to 1
 * @param errors how often, by kind
 */
public record Totals(
        Optional<Long> messages,
        Optional<Long> bytes,
        Optional<Long> control,
        Optional<Double> sampledShare,
        Optional<Traffic> published,
        Optional<Traffic> delivered,
        Optional<Double> errorRate,
        Optional<Map<String, Long>> errors) {

    /**
     * @param withErrors whether the tier shows them
     */
    static Totals of(FlowPoint point, Optional<UsageTotals> booked, boolean withErrors) {
        boolean isAnything = point.messages() + point.errorCount() > 0;
        return new Totals(
                Optional.of(point.messages()),
                Optional.of(point.bytes()),
                Optional.of(point.control()),
                point.messages() == 0
                        ? Optional.empty()
                        : Optional.of(
                                Rounded.to(
                                        6,
                                        Math.min(
                                                1, (double) point.inspected() / point.messages()))),
                booked.map(UsageTotals::published),
                booked.map(UsageTotals::delivered),
                withErrors && isAnything
                        ? Optional.of(Rounded.to(6, point.errorRate()))
                        : Optional.empty(),
                withErrors ? Optional.of(point.errors()) : Optional.empty());
    }

    /** Nobody listened at any time. */
    static Totals unknown(Optional<UsageTotals> booked) {
        return new Totals(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                booked.map(UsageTotals::published),
                booked.map(UsageTotals::delivered),
                Optional.empty(),
                Optional.empty());
    }
}
