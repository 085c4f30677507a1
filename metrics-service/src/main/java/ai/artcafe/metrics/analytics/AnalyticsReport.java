package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Behaviour;
import ai.artcafe.metrics.flow.Percentiles;
import ai.artcafe.metrics.flow.Share;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveFlow;
import ai.artcafe.metrics.store.LiveTaps;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.TapHistory;
import ai.artcafe.metrics.store.TapTimes;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.usage.Ledger;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads afresh what a tenant did in a time. How far the ledger is, is always read first. */
@ApplicationScoped
class AnalyticsReport {

    private final LiveUsage usage;
    private final Ledger ledger;
    private final LiveFlow flow;
    private final TapHistory history;
    private final FlowPast past;
    private final Silence silence;
    private final Clock clock;

    AnalyticsReport(
            LiveUsage usage,
            Ledger ledger,
            LiveFlow flow,
            TapHistory history,
            FlowPast past,
            Silence silence,
            Clock clock) {
        this.usage = usage;
        this.ledger = ledger;
        this.flow = flow;
        this.history = history;
        this.past = past;
        this.silence = silence;
        this.clock = clock;
    }

    AnalyticsAnswer of(TenantRecord tenant, AnalyticsRange range) {
        Instant now = clock.instant();
        TenantId id = tenant.tenantId();
        Tier tier = tenant.tier();
        Freshness freshness = usage.freshness();
        LiveTaps taps = flow.taps();
        TapTimes times = history.times().with(taps);
        FlowPast.Past flowed = past.read(id, range, now);
        List<SeriesPoint> series = series(id, tier, range, flowed, times, now);
        boolean isKnown = series.stream().anyMatch(point -> !point.gap());
        Optional<Booked> booked =
                range.step() == FlowSpan.HOUR
                        ? Optional.of(booked(id, range.from(), range.to(), now))
                        : Optional.empty();
        FlowPoint whole = flowed.all().point(range.from());
        return AnalyticsAnswer.of(
                id,
                tier,
                freshness,
                range,
                isKnown
                        ? Totals.of(
                                whole, booked.map(Booked::totals), Feature.ERROR_RATE.isIn(tier))
                        : Totals.unknown(booked.map(Booked::totals)),
                growth(id, tier, range, flowed.points().values(), times, now),
                isKnown ? detail(tier, flowed.all(), whole) : AnalyticsAnswer.Detail.UNKNOWN,
                series);
    }

    private List<SeriesPoint> series(
            TenantId tenant,
            Tier tier,
            AnalyticsRange range,
            FlowPast.Past flowed,
            TapTimes times,
            Instant now) {
        FlowSpan step = range.step();
        List<Instant> untold =
                range.steps().filter(start -> !flowed.points().containsKey(start)).toList();
        Set<Instant> silent =
                silence.silent(tenant, step, untold, flowed.points().keySet(), times, now);
        return range.steps()
                .map(start -> {
                    Instant end = step.end(start);
                    boolean isOpen = end.isAfter(now);
                    FlowPoint point = flowed.points().get(start);
                    if (point != null) {
                        return SeriesPoint.of(
                                point,
                                !times.covers(start, isOpen ? now : end),
                                isOpen,
                                Feature.ERROR_RATE.isIn(tier));
                    }
                    return silent.contains(start)
                            ? SeriesPoint.silent(start, isOpen)
                            : SeriesPoint.gap(start, isOpen);
                })
                .toList();
    }

    private static AnalyticsAnswer.Detail detail(Tier tier, FlowSketches all, FlowPoint whole) {
        return new AnalyticsAnswer.Detail(
                Percentiles.of(all.flow().latency()),
                Percentiles.of(all.flow().sizes()),
                Optional.of(Share.top(all.flow().subjects())),
                Optional.of(whole.distinctSubjects()),
                Optional.of(Share.top(all.flow().channels())),
                Optional.of(Share.top(all.agents())),
                Optional.of(Behaviour.of(whole)).filter(_ -> Feature.BEHAVIOUR.isIn(tier)));
    }

    private Optional<Growth> growth(
            TenantId tenant,
            Tier tier,
            AnalyticsRange range,
            Collection<FlowPoint> points,
            TapTimes times,
            Instant now) {
        Instant from = range.from();
        Instant to = range.completeTo(now);
        Duration length = Duration.between(from, to);
        if (length.isZero()) {
            return Optional.empty();
        }
        Instant before = from.minus(length);
        if (range.step() == FlowSpan.HOUR) {
            return Optional.of(
                    Growth.of(
                            Growth.Basis.LEDGER,
                            from,
                            to,
                            booked(tenant, from, to, now).totals().published(),
                            booked(tenant, before, from, now).totals().published()));
        }
        if (before.isBefore(now.minus(tier.detailRetention())) || !times.covers(before, to)) {
            return Optional.empty();
        }
        return Optional.of(
                Growth.of(
                        Growth.Basis.TAP,
                        from,
                        to,
                        sum(points, from, to),
                        sum(past.points(tenant, range.step(), before, from), before, from)));
    }

    private static Traffic sum(Collection<FlowPoint> points, Instant from, Instant to) {
        return points.stream()
                .filter(point -> !point.start().isBefore(from) && point.start().isBefore(to))
                .map(point -> new Traffic(point.messages(), point.bytes()))
                .reduce(Traffic.NONE, Traffic::plus);
    }

    private Booked booked(TenantId tenant, Instant from, Instant to, Instant now) {
        return ledger.sum(new OfTenant(tenant), new UsageRange(from, to).slices(now), now);
    }
}
