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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what flowed in a time: numbers for each step, sketches for the whole, of the longest spans
 * that make it up. What is not rolled up yet is read from Redis.
 */
@ApplicationScoped
class FlowPast {

    /** How long after its end a day is rolled up for certain. */
    private static final Duration DAY_SETTLES = Duration.ofMinutes(15);

    private final FlowItems items;
    private final LiveFlow live;

    FlowPast(FlowItems items, LiveFlow live) {
        this.items = items;
        this.live = live;
    }

    /**
     * @param points by the beginnings of the steps that anything is known of; for minutes, of whole
     *     hours
     * @param all the steps of the range together
     */
    record Past(NavigableMap<Instant, FlowPoint> points, FlowSketches all) {}

    Past read(TenantId tenant, AnalyticsRange range, Instant now) {
        return switch (range.step()) {
            case MINUTE -> minutes(tenant, range.from(), range.to(), now);
            case HOUR, DAY -> hours(tenant, range, now);
        };
    }

    /** The numbers of what is rolled up only. */
    Collection<FlowPoint> points(TenantId tenant, FlowSpan step, Instant from, Instant to) {
        return items.points(tenant, step, from, to).values();
    }

    private Past minutes(TenantId tenant, Instant from, Instant to, Instant now) {
        NavigableMap<Instant, FlowPoint> points =
                items.points(
                        tenant,
                        FlowSpan.MINUTE,
                        FlowSpan.HOUR.start(from),
                        FlowSpan.HOUR.end(to.minusNanos(1)));
        FlowSketches all = new FlowSketches();
        List<FlowItems.Key> keys =
                points.subMap(from, to).keySet().stream()
                        .map(start -> new FlowItems.Key(FlowSpan.MINUTE, start))
                        .toList();
        items.sketches(tenant, keys).values().forEach(all::merge);
        List<Instant> young =
                LiveFlow.minutes(from, to)
                        .filter(minute -> !points.containsKey(minute) && isLive(minute, now))
                        .toList();
        for (LiveMinute minute : live.minutes(tenant, young)) {
            if (minute.isSeen()) {
                points.put(minute.start(), minute.sketches().point(minute.start()));
                all.merge(minute.sketches());
            }
        }
        return new Past(points, all);
    }

    private static boolean isLive(Instant minute, Instant now) {
        return !minute.isAfter(now) && minute.isAfter(now.minus(LiveFlow.MINUTES_KEPT));
    }

    private static boolean isYoung(Instant hour, Instant now) {
        return !hour.isAfter(now)
                && FlowSpan.HOUR.end(hour).isAfter(now.minus(LiveFlow.MINUTES_KEPT));
    }

    private Past hours(TenantId tenant, AnalyticsRange range, Instant now) {
        NavigableMap<Instant, FlowPoint> points =
                items.points(tenant, FlowSpan.HOUR, range.from(), range.to());
        FlowSketches all = new FlowSketches();
        merge(tenant, keys(range, points.keySet(), now), points.keySet(), all);
        List<Instant> young =
                range.steps()
                        .filter(hour -> !points.containsKey(hour) && isYoung(hour, now))
                        .toList();
        for (Instant hour : young) {
            FlowSketches sketches = minutes(tenant, hour, FlowSpan.HOUR.end(hour), now).all();
            if (sketches.progress() > 0) {
                points.put(hour, sketches.point(hour));
                all.merge(sketches);
            }
        }
        return new Past(points, all);
    }

    /** Days where the whole day is asked for and over, else hours. */
    private static Set<FlowItems.Key> keys(
            AnalyticsRange range, Collection<Instant> hours, Instant now) {
        Set<FlowItems.Key> keys = new HashSet<>();
        for (Instant hour : hours) {
            Instant day = FlowSpan.DAY.start(hour);
            Instant dayEnd = FlowSpan.DAY.end(hour);
            boolean isWhole =
                    !day.isBefore(range.from())
                            && !dayEnd.isAfter(range.to())
                            && dayEnd.plus(DAY_SETTLES).isBefore(now);
            keys.add(
                    isWhole
                            ? new FlowItems.Key(FlowSpan.DAY, day)
                            : new FlowItems.Key(FlowSpan.HOUR, hour));
        }
        return keys;
    }

    /** A day that is not there after all is read by its hours. */
    private void merge(
            TenantId tenant, Set<FlowItems.Key> keys, Collection<Instant> hours, FlowSketches all) {
        Map<FlowItems.Key, FlowSketches> found = items.sketches(tenant, keys);
        found.values().forEach(all::merge);
        List<FlowItems.Key> instead = new ArrayList<>();
        for (FlowItems.Key key : keys) {
            if (key.span() == FlowSpan.DAY && !found.containsKey(key)) {
                hoursOf(key, hours)
                        .map(hour -> new FlowItems.Key(FlowSpan.HOUR, hour))
                        .forEach(instead::add);
            }
        }
        items.sketches(tenant, instead).values().forEach(all::merge);
    }

    private static Stream<Instant> hoursOf(FlowItems.Key day, Collection<Instant> hours) {
        return hours.stream().filter(hour -> FlowSpan.DAY.start(hour).equals(day.start()));
    }
}
