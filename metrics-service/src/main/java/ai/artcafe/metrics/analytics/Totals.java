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
 * @param messages what the taps saw; of one agent, what it published by the ledger; left out where
 *     nobody listened at any time
 * @param atLeast where {@code messages} is an upper bound: at least so many
 * @param share of one channel or agent: of all that is known, 0 to 1, by the upper bounds
 * @param bytes their payload and headers
 * @param control heartbeats and the like
 * @param sampledShare how much of the messages was looked at in detail, 0 to 1
 * @param published by the ledger, exact, gaps or not; of whole hours only
 * @param delivered the same
 * @param connections opened by one agent
 * @param errorRate of all that was attempted, 0 to 1
 * @param errors how often, by kind
 */
public record Totals(
        Optional<Long> messages,
        Optional<Long> atLeast,
        Optional<Double> share,
        Optional<Long> bytes,
        Optional<Long> control,
        Optional<Double> sampledShare,
        Optional<Traffic> published,
        Optional<Traffic> delivered,
        Optional<Long> connections,
        Optional<Double> errorRate,
        Optional<Map<String, Long>> errors) {

    /**
     * @param withErrors whether the tier shows them
     */
    static Totals of(FlowPoint point, Optional<UsageTotals> booked, boolean withErrors) {
        boolean isAnything = point.messages() + point.errorCount() > 0;
        return new Totals(
                Optional.of(point.messages()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(point.bytes()),
                Optional.of(point.control()),
                sampledShare(point.inspected(), point.messages()),
                booked.map(UsageTotals::published),
                booked.map(UsageTotals::delivered),
                Optional.empty(),
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
                Optional.empty(),
                Optional.empty(),
                booked.map(UsageTotals::published),
                booked.map(UsageTotals::delivered),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Of one agent, by the ledger. */
    static Totals of(UsageTotals booked, long publishedByAll) {
        Traffic published = booked.published();
        return new Totals(
                Optional.of(published.messages()),
                Optional.empty(),
                share(published.messages(), publishedByAll),
                Optional.of(published.bytes()),
                Optional.of(booked.control().messages()),
                Optional.empty(),
                Optional.of(published),
                Optional.of(booked.delivered()),
                Optional.of(booked.connections()),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Of one item of a ranking.
     *
     * @param all how many messages there were at all
     * @param inspected how many of them were looked at in detail
     */
    static Totals of(Rank rank, long all, Optional<Long> inspected) {
        return new Totals(
                Optional.of(rank.messages()),
                rank.bound(),
                share(rank.messages(), all),
                Optional.empty(),
                Optional.empty(),
                inspected.flatMap(number -> sampledShare(number, all)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Double> sampledShare(long inspected, long messages) {
        return share(inspected, messages);
    }

    private static Optional<Double> share(long part, long all) {
        return all == 0
                ? Optional.empty()
                : Optional.of(Rounded.to(6, Math.min(1, (double) part / all)));
    }
}
