package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.LiveFlow;
import ai.artcafe.metrics.store.TapHistory;
import ai.artcafe.metrics.store.TapTimes;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.usage.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** Draws a series of one channel or agent from the rankings of the steps. */
@ApplicationScoped
class RankedSeries {

    private final LiveFlow flow;
    private final TapHistory history;
    private final BookedHours hours;

    RankedSeries(LiveFlow flow, TapHistory history, BookedHours hours) {
        this.flow = flow;
        this.history = history;
        this.hours = hours;
    }

    List<SeriesPoint> of(
            AnalyticsAnswer.Head head,
            NavigableMap<Instant, Ranks> ranks,
            String name,
            Instant now) {
        AnalyticsRange range = head.query().range();
        FlowSpan step = range.step();
        TapTimes times = history.times().with(flow.taps());
        NavigableMap<Instant, Booked> booked =
                hours.ofTenant(
                        new OfTenant(head.tenant()),
                        Period.HOURLY.start(range.from()),
                        Period.HOURLY.end(range.to().minusNanos(1)),
                        now);
        List<Instant> untold = range.steps().filter(start -> !ranks.containsKey(start)).toList();
        Set<Instant> silent = new Silence(times, booked).silent(step, untold, ranks.keySet(), now);
        return range.steps()
                .map(start -> {
                    Instant end = step.end(start);
                    boolean isOpen = end.isAfter(now);
                    Ranks known = ranks.get(start);
                    if (known != null) {
                        return SeriesPoint.of(
                                start,
                                known.rank(name),
                                !times.covers(start, isOpen ? now : end),
                                isOpen);
                    }
                    return silent.contains(start)
                            ? SeriesPoint.of(start, Rank.NONE, false, isOpen)
                            : SeriesPoint.gap(start, isOpen);
                })
                .toList();
    }

    /**
     * The sum of a series.
     *
     * @param all how many messages there were at all
     * @param inspected how many of them were looked at in detail
     */
    static Totals totals(List<SeriesPoint> series, long all, Optional<Long> inspected) {
        if (series.stream().allMatch(SeriesPoint::gap)) {
            return Totals.unknown(Optional.empty());
        }
        Rank sum =
                series.stream()
                        .flatMap(point ->
                                point
                                        .messages()
                                        .map(messages ->
                                                new Rank(
                                                        messages, point.atLeast().orElse(messages)))
                                        .stream())
                        .reduce(Rank.NONE, Rank::plus);
        return Totals.of(sum, all, inspected);
    }
}
