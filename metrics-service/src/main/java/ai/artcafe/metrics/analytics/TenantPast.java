package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Behaviour;
import ai.artcafe.metrics.flow.Percentiles;
import ai.artcafe.metrics.flow.Share;
import ai.artcafe.metrics.forecast.Forecasts;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.LiveFlow;
import ai.artcafe.metrics.store.TapHistory;
import ai.artcafe.metrics.store.TapTimes;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** Reads afresh what all of a tenant's agents did in a time. */
@ApplicationScoped
class TenantPast {

    private final LiveFlow flow;
    private final TapHistory history;
    private final FlowPast past;
    private final BookedHours hours;
    private final AgentSums agents;
    private final Forecasts forecasts;

    TenantPast(
            LiveFlow flow,
            TapHistory history,
            FlowPast past,
            BookedHours hours,
            AgentSums agents,
            Forecasts forecasts) {
        this.flow = flow;
        this.history = history;
        this.past = past;
        this.hours = hours;
        this.agents = agents;
        this.forecasts = forecasts;
    }

    AnalyticsAnswer read(AnalyticsAnswer.Head head, Instant now) {
        TenantId tenant = head.tenant();
        AnalyticsRange range = head.query().range();
        TapTimes times = history.times().with(flow.taps());
        FlowPast.Past flowed = past.read(tenant, range, now);
        NavigableMap<Instant, Booked> booked = booked(tenant, range, now);
        List<SeriesPoint> series =
                series(head.tier(), range, flowed, new Silence(times, booked), now);
        boolean isHours = range.step() == FlowSpan.HOUR;
        Optional<Booked> sum =
                Optional.of(BookedHours.sum(booked, range.from(), range.to())).filter(_ -> isHours);
        return AnalyticsAnswer.ofTenant(
                head,
                totals(head.tier(), series, flowed.all().point(range.from()), sum),
                isHours
                        ? Growth.ofLedger(range, booked, now)
                        : tapGrowth(head, flowed.points().values(), times, now),
                isHours
                        ? Calendar.of(series, head.query().days(), Optional.of(booked))
                        : Calendar.NONE,
                detail(head, series, flowed.all(), booked, now),
                forecast(head, now),
                series);
    }

    /** As far back as is asked for and compared with; of the days that have a part in it. */
    private NavigableMap<Instant, Booked> booked(
            TenantId tenant, AnalyticsRange range, Instant now) {
        OfTenant owner = new OfTenant(tenant);
        return switch (range.step()) {
            case MINUTE ->
                    hours.ofTenant(
                            owner,
                            Period.HOURLY.start(range.from()),
                            Period.HOURLY.end(range.to().minusNanos(1)),
                            now);
            case HOUR, DAY -> {
                Instant before =
                        range.from().minus(Duration.between(range.from(), range.completeTo(now)));
                Instant day = Period.DAILY.start(range.from());
                yield hours.ofTenant(owner, before.isBefore(day) ? before : day, range.to(), now);
            }
        };
    }

    private static Totals totals(
            Tier tier, List<SeriesPoint> series, FlowPoint whole, Optional<Booked> booked) {
        return series.stream().allMatch(SeriesPoint::gap)
                ? Totals.unknown(booked.map(Booked::totals))
                : Totals.of(whole, booked.map(Booked::totals), Feature.ERROR_RATE.isIn(tier));
    }

    private static List<SeriesPoint> series(
            Tier tier, AnalyticsRange range, FlowPast.Past flowed, Silence silence, Instant now) {
        FlowSpan step = range.step();
        List<Instant> untold =
                range.steps().filter(start -> !flowed.points().containsKey(start)).toList();
        Set<Instant> silent = silence.silent(step, untold, flowed.points().keySet(), now);
        return range.steps()
                .map(start -> {
                    Instant end = step.end(start);
                    boolean isOpen = end.isAfter(now);
                    FlowPoint point = flowed.points().get(start);
                    if (point != null) {
                        return SeriesPoint.of(
                                point,
                                !silence.times().covers(start, isOpen ? now : end),
                                isOpen,
                                Feature.ERROR_RATE.isIn(tier));
                    }
                    return silent.contains(start)
                            ? SeriesPoint.silent(start, isOpen)
                            : SeriesPoint.gap(start, isOpen);
                })
                .toList();
    }

    private AnalyticsAnswer.Detail detail(
            AnalyticsAnswer.Head head,
            List<SeriesPoint> series,
            FlowSketches all,
            NavigableMap<Instant, Booked> booked,
            Instant now) {
        AnalyticsRange range = head.query().range();
        Optional<List<BusyAgent>> exact =
                range.step() == FlowSpan.HOUR
                        ? agents.of(head.tenant(), range.from(), range.to(), booked, now)
                                .map(BusyAgent::of)
                        : Optional.empty();
        if (series.stream().allMatch(SeriesPoint::gap)) {
            return AnalyticsAnswer.Detail.ofLedger(exact.filter(top -> !top.isEmpty()));
        }
        FlowPoint whole = all.point(range.from());
        return new AnalyticsAnswer.Detail(
                Percentiles.of(all.flow().latency()),
                Percentiles.of(all.flow().sizes()),
                Optional.of(Share.top(all.flow().subjects())),
                Optional.of(whole.distinctSubjects()),
                Optional.of(Share.top(all.flow().channels())),
                exact.or(() ->
                        Optional.of(Share.top(all.agents()).stream().map(BusyAgent::of).toList())),
                Optional.of(Behaviour.of(whole)).filter(_ -> Feature.BEHAVIOUR.isIn(head.tier())));
    }

    private Optional<Growth> tapGrowth(
            AnalyticsAnswer.Head head, Collection<FlowPoint> points, TapTimes times, Instant now) {
        AnalyticsRange range = head.query().range();
        Instant from = range.from();
        Instant to = range.completeTo(now);
        Instant before = from.minus(Duration.between(from, to));
        if (from.equals(to)
                || before.isBefore(now.minus(head.tier().detailRetention()))
                || !times.covers(before, to)) {
            return Optional.empty();
        }
        return Optional.of(
                Growth.of(
                        Growth.Basis.TAP,
                        from,
                        to,
                        sum(points, from, to),
                        sum(past.points(head.tenant(), range.step(), before, from), before, from)));
    }

    private static Traffic sum(Collection<FlowPoint> points, Instant from, Instant to) {
        return points.stream()
                .filter(point -> !point.start().isBefore(from) && point.start().isBefore(to))
                .map(point -> new Traffic(point.messages(), point.bytes()))
                .reduce(Traffic.NONE, Traffic::plus);
    }

    private Optional<Forecast> forecast(AnalyticsAnswer.Head head, Instant now) {
        return Feature.FORECAST.isIn(head.tier()) && head.query().range().isUpToNow(now)
                ? forecasts.of(head.tenant())
                : Optional.empty();
    }
}
