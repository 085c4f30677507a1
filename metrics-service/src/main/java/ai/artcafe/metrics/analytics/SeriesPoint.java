package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Percentiles;
import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One minute or hour of a series. Without anything but its beginning it is a gap: nobody listened,
 * so that nothing is known of it.
 *
 * @param start its first instant
 * @param gap whether nobody listened
 * @param incomplete whether nobody listened for a part of it: the numbers are of the rest
 * @param open whether it is not over
 * @param messages what the taps saw; of one agent, what it published by the ledger
 * @param atLeast where {@code messages} is an upper bound: at least so many
 * @param bytes their payload and headers
 * @param delivered of one agent, what it received by the ledger
 * @param activeAgents agents that published anything, by the ledger
 * @param latencyMs from {@code Artcafe-Sent-At} to the tap, of the messages that have it
 * @param errorRate of all that was attempted, 0 to 1; left out when nothing was
 * @param errors how often, by kind
 */
public record SeriesPoint(
        Instant start,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean gap,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean incomplete,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean open,
        Optional<Long> messages,
        Optional<Long> atLeast,
        Optional<Long> bytes,
        Optional<Traffic> delivered,
        Optional<Long> activeAgents,
        Optional<Long> distinctSubjects,
        Optional<Percentiles> latencyMs,
        Optional<Double> errorRate,
        Optional<Map<String, Long>> errors) {

    static SeriesPoint gap(Instant start, boolean open) {
        return new SeriesPoint(
                start,
                true,
                false,
                open,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Of a span in which taps listened and heard nothing. */
    static SeriesPoint silent(Instant start, boolean open) {
        return new SeriesPoint(
                start,
                false,
                false,
                open,
                Optional.of(0L),
                Optional.empty(),
                Optional.of(0L),
                Optional.empty(),
                Optional.of(0L),
                Optional.of(0L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * @param withErrors whether the tier shows them
     */
    static SeriesPoint of(FlowPoint point, boolean incomplete, boolean open, boolean withErrors) {
        boolean isAnything = point.messages() + point.errorCount() > 0;
        return new SeriesPoint(
                point.start(),
                false,
                incomplete,
                open,
                Optional.of(point.messages()),
                Optional.empty(),
                Optional.of(point.bytes()),
                Optional.empty(),
                Optional.of(point.activeAgents()),
                Optional.of(point.distinctSubjects()),
                Percentiles.of(point.latencyP50(), point.latencyP95(), point.latencyP99()),
                withErrors && isAnything
                        ? Optional.of(Rounded.to(6, point.errorRate()))
                        : Optional.empty(),
                withErrors && !point.errors().isEmpty()
                        ? Optional.of(point.errors())
                        : Optional.empty());
    }

    /** An hour of one agent, by the ledger. */
    static SeriesPoint of(Instant start, UsageTotals totals, boolean incomplete, boolean open) {
        return new SeriesPoint(
                start,
                false,
                incomplete,
                open,
                Optional.of(totals.published().messages()),
                Optional.empty(),
                Optional.of(totals.published().bytes()),
                Optional.of(totals.delivered()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A step of one item of a ranking. */
    static SeriesPoint of(Instant start, Rank rank, boolean incomplete, boolean open) {
        return new SeriesPoint(
                start,
                false,
                incomplete,
                open,
                Optional.of(rank.messages()),
                rank.bound(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
