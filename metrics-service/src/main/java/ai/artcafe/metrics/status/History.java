package ai.artcafe.metrics.status;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.status.SpanSummary;
import ai.artcafe.runtime.status.SpanSummary.ServiceNumbers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** Hours and days one after the other, what is kept of them and what is live joined. */
final class History {

    private final Window window;
    private final Live live;
    private final Past past;

    History(Window window, Live live, Past past) {
        this.window = window;
        this.live = live;
        this.past = past;
    }

    /** The first minute that anything is known of. */
    Optional<Instant> since() {
        return past.since().or(() -> live.minutes().keySet().stream().findFirst());
    }

    /** The last 24 hours of which anything is known, the open one among them. */
    SortedMap<Instant, SpanSummary> hours() {
        SortedMap<Instant, SpanSummary> hours = new TreeMap<>();
        for (Instant hour : window.hours()) {
            Optional<SpanSummary> summary =
                    hour.isBefore(window.openFrom())
                            ? Optional.ofNullable(past.hours().get(FlowSpan.HOUR.label(hour)))
                            : liveHour(hour);
            summary.ifPresent(known -> hours.put(hour, known));
        }
        return hours;
    }

    /** The last 30 days of which anything is known; the open one as of its last full hours. */
    SortedMap<Instant, SpanSummary> days() {
        SortedMap<Instant, SpanSummary> days = new TreeMap<>();
        for (Instant day : window.days()) {
            Optional.ofNullable(past.days().get(FlowSpan.DAY.label(day)))
                    .ifPresent(known -> days.put(day, known));
        }
        return days;
    }

    /** Which services have told of themselves in the last 24 hours. */
    Set<String> services() {
        return hours().values().stream()
                .flatMap(hour -> hour.services().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The share of the minutes of the last 24 hours in which a service was up; of those since
     * anything is known.
     */
    Optional<Double> uptime(String service) {
        return uptime(
                window.hours().getFirst(),
                window.now(),
                hours().values(),
                summary -> up(summary, service));
    }

    /** The same of an hour: that of the service that was up the least. */
    Optional<Double> uptimeOfHour(Instant hour, SpanSummary summary) {
        return uptime(hour, FlowSpan.HOUR.end(hour), List.of(summary), History::least);
    }

    /** The same of a day: what is known of the open one ends with its last full hour. */
    Optional<Double> uptimeOfDay(Instant day, SpanSummary summary) {
        Instant end = FlowSpan.DAY.end(day);
        return uptime(
                day,
                end.isBefore(window.openFrom()) ? end : window.openFrom(),
                List.of(summary),
                History::least);
    }

    /** The same of the last 30 days, up to the last full hour. */
    Optional<Double> uptimeOfDays() {
        return uptime(window.days().getFirst(), window.openFrom(), days().values(), History::least);
    }

    private Optional<Double> uptime(
            Instant from,
            Instant to,
            Collection<SpanSummary> spans,
            ToIntFunction<SpanSummary> upMinutes) {
        Optional<Instant> since = since();
        if (since.isEmpty()) {
            return Optional.empty();
        }
        Instant begin = since.get().isAfter(from) ? since.get() : from;
        Instant end = to.isBefore(window.minute()) ? to : window.minute();
        return Rate.of(
                spans.stream().mapToInt(upMinutes).sum(), Duration.between(begin, end).toMinutes());
    }

    private static int least(SpanSummary summary) {
        return summary.services().keySet().stream()
                .mapToInt(service -> up(summary, service))
                .min()
                .orElse(0);
    }

    private static int up(SpanSummary summary, String service) {
        return Optional.ofNullable(summary.services().get(service))
                .map(ServiceNumbers::upMinutes)
                .orElse(0);
    }

    private Optional<SpanSummary> liveHour(Instant hour) {
        Instant end = FlowSpan.HOUR.end(hour);
        SortedMap<Instant, Map<String, ServiceActivity>> minutes = live.minutes().subMap(hour, end);
        return minutes.isEmpty()
                ? Optional.empty()
                : Optional.of(SpanSummary.of(minutes.firstKey(), live.between(hour, end)));
    }
}
