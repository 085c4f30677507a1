package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.FlowItems;
import ai.artcafe.metrics.store.LiveFlow;
import ai.artcafe.metrics.store.LiveMinute;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads what flowed in a time: numbers for each step, sketches for the whole, of the longest spans
 * that make it up. What is not rolled up yet is read from Redis.
 */
@ApplicationScoped
class FlowPast {

    /** How long after its end a day is rolled up for certain. */
    private static final Duration DAY_SETTLES = Duration.ofMinutes(15);

    private final FlowItems items;
    private final FlowDays days;
    private final FlowMerges merges;
    private final LiveFlow live;

    FlowPast(FlowItems items, FlowDays days, FlowMerges merges, LiveFlow live) {
        this.items = items;
        this.days = days;
        this.merges = merges;
        this.live = live;
    }

    /**
     * @param points by the beginnings of the steps that anything is known of; for minutes, of whole
     *     hours
     * @param all the steps of the range together
     */
    record Past(NavigableMap<Instant, FlowPoint> points, FlowSketches all) {}

    /**
     * The steps of a range.
     *
     * @param rolled those that are rolled up; for minutes, of whole hours
     * @param young sketches of those in the range that are not
     */
    record Steps(
            NavigableMap<Instant, FlowItems.Rolled> rolled,
            NavigableMap<Instant, FlowSketches> young) {}

    Past read(TenantId tenant, AnalyticsRange range, Instant now) {
        return switch (range.step()) {
            case MINUTE -> minutes(tenant, range.from(), range.to(), now);
            case HOUR, DAY -> hours(tenant, range, now);
        };
    }

    /** The same step by step, for what only sketches tell. */
    Steps steps(TenantId tenant, AnalyticsRange range, Instant now) {
        return switch (range.step()) {
            case MINUTE -> {
                var rolled = rolledMinutes(tenant, range.from(), range.to());
                yield new Steps(
                        rolled, youngMinutes(tenant, range.from(), range.to(), rolled, now));
            }
            case HOUR, DAY -> {
                NavigableMap<Instant, FlowItems.Rolled> rolled = new TreeMap<>();
                rolledHours(tenant, range, now, rolled);
                yield new Steps(rolled, youngHours(tenant, range, rolled.keySet(), now));
            }
        };
    }

    /** The numbers of what is rolled up only. */
    Collection<FlowPoint> points(TenantId tenant, FlowSpan step, Instant from, Instant to) {
        return items.rolled(tenant, step, from, to).values().stream()
                .map(FlowItems.Rolled::point)
                .toList();
    }

    private Past minutes(TenantId tenant, Instant from, Instant to, Instant now) {
        NavigableMap<Instant, FlowItems.Rolled> rolled = rolledMinutes(tenant, from, to);
        NavigableMap<Instant, FlowPoint> points = points(rolled);
        FlowSketches all = new FlowSketches();
        merges.into(
                all,
                tenant,
                rolled.subMap(from, to).values().stream()
                        .map(minute -> FlowVersion.of(FlowSpan.MINUTE, minute))
                        .toList());
        youngMinutes(tenant, from, to, rolled, now)
                .forEach((start, sketches) -> {
                    points.put(start, sketches.point(start));
                    all.merge(sketches);
                });
        return new Past(points, all);
    }

    private NavigableMap<Instant, FlowItems.Rolled> rolledMinutes(
            TenantId tenant, Instant from, Instant to) {
        return items.rolled(
                tenant,
                FlowSpan.MINUTE,
                FlowSpan.HOUR.start(from),
                FlowSpan.HOUR.end(to.minusNanos(1)));
    }

    private NavigableMap<Instant, FlowSketches> youngMinutes(
            TenantId tenant,
            Instant from,
            Instant to,
            NavigableMap<Instant, FlowItems.Rolled> rolled,
            Instant now) {
        List<Instant> young =
                LiveFlow.minutes(from, to)
                        .filter(minute -> !rolled.containsKey(minute) && isLive(minute, now))
                        .toList();
        NavigableMap<Instant, FlowSketches> seen = new TreeMap<>();
        for (LiveMinute minute : live.minutes(tenant, young)) {
            if (minute.isSeen()) {
                seen.put(minute.start(), minute.sketches());
            }
        }
        return seen;
    }

    private static NavigableMap<Instant, FlowPoint> points(
            NavigableMap<Instant, FlowItems.Rolled> rolled) {
        NavigableMap<Instant, FlowPoint> points = new TreeMap<>();
        rolled.forEach((start, span) -> points.put(start, span.point()));
        return points;
    }

    private static boolean isLive(Instant minute, Instant now) {
        return !minute.isAfter(now) && minute.isAfter(now.minus(LiveFlow.MINUTES_KEPT));
    }

    private static boolean isYoung(Instant hour, Instant now) {
        return !hour.isAfter(now)
                && FlowSpan.HOUR.end(hour).isAfter(now.minus(LiveFlow.MINUTES_KEPT));
    }

    private Past hours(TenantId tenant, AnalyticsRange range, Instant now) {
        NavigableMap<Instant, FlowItems.Rolled> rolled = new TreeMap<>();
        List<FlowVersion> versions = rolledHours(tenant, range, now, rolled);
        NavigableMap<Instant, FlowPoint> points = points(rolled);
        FlowSketches all = new FlowSketches();
        merges.into(all, tenant, versions);
        youngHours(tenant, range, rolled.keySet(), now)
                .forEach((start, sketches) -> {
                    points.put(start, sketches.point(start));
                    all.merge(sketches);
                });
        return new Past(points, all);
    }

    /**
     * Puts down the hours that are rolled up.
     *
     * @return what makes them up, in the order of time: a day where all of it is asked for, else
     *     hours
     */
    private List<FlowVersion> rolledHours(
            TenantId tenant,
            AnalyticsRange range,
            Instant now,
            NavigableMap<Instant, FlowItems.Rolled> rolled) {
        Instant firstDay = FlowSpan.DAY.start(range.from());
        Instant settled = FlowSpan.DAY.start(now.minus(DAY_SETTLES));
        Instant lastDay = FlowSpan.DAY.start(range.to());
        Instant daysEnd = lastDay.isBefore(settled) ? lastDay : settled;
        List<FlowVersion> versions = new ArrayList<>();
        if (firstDay.isBefore(daysEnd)) {
            days.read(tenant, firstDay, daysEnd)
                    .forEach((start, day) -> {
                        var asked = day.hours().tailMap(range.from(), true);
                        rolled.putAll(asked);
                        if (day.version().isPresent() && !start.isBefore(range.from())) {
                            versions.add(day.version().get());
                        } else {
                            asked.values().forEach(hour -> versions.add(hour(hour)));
                        }
                    });
        }
        Instant rest = daysEnd.isAfter(range.from()) ? daysEnd : range.from();
        items.rolled(tenant, FlowSpan.HOUR, rest, range.to())
                .forEach((start, hour) -> {
                    rolled.put(start, hour);
                    versions.add(hour(hour));
                });
        return versions;
    }

    private static FlowVersion hour(FlowItems.Rolled hour) {
        return FlowVersion.of(FlowSpan.HOUR, hour);
    }

    private NavigableMap<Instant, FlowSketches> youngHours(
            TenantId tenant, AnalyticsRange range, Collection<Instant> rolled, Instant now) {
        NavigableMap<Instant, FlowSketches> young = new TreeMap<>();
        range.steps()
                .filter(hour -> !rolled.contains(hour) && isYoung(hour, now))
                .forEach(hour -> {
                    FlowSketches sketches =
                            minutes(tenant, hour, FlowSpan.HOUR.end(hour), now).all();
                    if (sketches.progress() > 0) {
                        young.put(hour, sketches);
                    }
                });
        return young;
    }
}
