package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.flow.Behaviour;
import ai.artcafe.metrics.flow.Percentiles;
import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.metrics.flow.Share;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is seen beside the rates, over the {@link Window}. Everything is left out that the tier does
 * not show or that is not known: most of it while no tap listens.
 *
 * @param window what it is all of
 * @param latencyMs from {@code Artcafe-Sent-At} to the tap, of the messages that have it
 * @param throughputMbps megabits a second in the last full second
 * @param messageBytes payload and headers
 * @param sampledShare how much of the messages was looked at in detail, 0 to 1: counts and rates
 *     are of all
 * @param subjects the most used, relative to the tenant; replies are under {@code _INBOX}
 * @param distinctSubjects how many, an estimate from 512 on
 * @param channels the most used
 * @param topAgents those that publish most, by the ledger
 * @param errorRate of all that was attempted, 0 to 1
 * @param errors how often, by kind
 */
public record LiveDetail(
        Optional<Window> window,
        Optional<Percentiles> latencyMs,
        Optional<Double> throughputMbps,
        Optional<Percentiles> messageBytes,
        Optional<Double> sampledShare,
        Optional<List<Share>> subjects,
        Optional<Long> distinctSubjects,
        Optional<List<Share>> channels,
        Optional<List<TopAgent>> topAgents,
        Optional<Double> errorRate,
        Optional<Map<String, Long>> errors,
        Optional<Behaviour> behaviour) {

    static final LiveDetail NONE = ofWindow(Optional.empty());

    private static final double BITS_PER_MEGABIT = 1_000_000.0 / 8;

    /** What all tiers see. */
    static LiveDetail ofWindow(Optional<Window> window) {
        return new LiveDetail(
                window,
                Optional.empty(),
                Optional.empty(),
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

    /** While the taps listen to the tenant. */
    static LiveDetail of(
            Tier tier,
            Rates rates,
            Window window,
            FlowSketches seen,
            Map<Attribution, Traffic> agents) {
        Flow flow = seen.flow();
        FlowPoint point = seen.point(window.from());
        boolean isAnything = point.messages() + point.errorCount() > 0;
        Shown shown = new Shown(tier);
        return new LiveDetail(
                Optional.of(window),
                shown.of(Feature.LATENCY, () -> Percentiles.of(flow.latency()))
                        .flatMap(percentiles -> percentiles),
                throughput(tier, rates),
                shown.of(Feature.THROUGHPUT, () -> Percentiles.of(flow.sizes()))
                        .flatMap(percentiles -> percentiles),
                shown.of(Feature.LATENCY, () -> sampled(point)).flatMap(share -> share),
                shown.of(Feature.SUBJECTS, () -> Share.top(flow.subjects())),
                shown.of(Feature.SUBJECTS, point::distinctSubjects),
                shown.of(Feature.CHANNELS, () -> Share.top(flow.channels())),
                shown.of(Feature.TOP_AGENTS, () -> TopAgent.of(agents)),
                shown.of(Feature.ERROR_RATE, () -> Rounded.to(6, point.errorRate()))
                        .filter(_ -> isAnything),
                shown.of(Feature.ERROR_RATE, point::errors),
                shown.of(Feature.BEHAVIOUR, () -> Behaviour.of(point)));
    }

    /** While no tap listens to the tenant: what the ledger knows. */
    static LiveDetail ofLedger(Tier tier, Rates rates, Map<Attribution, Traffic> agents) {
        return new LiveDetail(
                Optional.empty(),
                Optional.empty(),
                throughput(tier, rates),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Shown(tier)
                        .of(Feature.TOP_AGENTS, () -> TopAgent.of(agents))
                        .filter(top -> !top.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Double> throughput(Tier tier, Rates rates) {
        return rates.bytesPerSecond()
                .filter(_ -> Feature.THROUGHPUT.isIn(tier))
                .map(bytes -> Rounded.to(6, bytes / BITS_PER_MEGABIT));
    }

    private static Optional<Double> sampled(FlowPoint point) {
        return point.messages() == 0
                ? Optional.empty()
                : Optional.of(
                        Rounded.to(6, Math.min(1, (double) point.inspected() / point.messages())));
    }

    private record Shown(Tier tier) {

        <T> Optional<T> of(Feature feature, Supplier<T> value) {
            return feature.isIn(tier) ? Optional.of(value.get()) : Optional.empty();
        }
    }

    int rows() {
        return subjects.map(List::size).orElse(0)
                + channels.map(List::size).orElse(0)
                + topAgents.map(List::size).orElse(0);
    }
}
