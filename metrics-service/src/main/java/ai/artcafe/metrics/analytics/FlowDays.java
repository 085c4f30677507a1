package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.FlowItems;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hours of past days. Those of a day that is rolled up are kept by the day's state, which
 * changes with each of its hours; of other days, for a minute. The states are looked at every few
 * seconds. Thread-safe.
 */
@ApplicationScoped
class FlowDays {

    /** How many hours are kept; one takes about 300 bytes. */
    private static final long HOURS = 100_000;

    private static final Duration UNUSED = Duration.ofMinutes(30);
    private static final Duration LOOSE = Duration.ofMinutes(1);
    private static final Duration STATES_FRESH = Duration.ofSeconds(5);
    private static final long STATES = 20_000;

    private final FlowItems items;
    private final Kept<DayState, Day> days = Kept.whileUsed(HOURS, FlowDays::weight, UNUSED);
    private final Kept<DayState, Day> looseDays = Kept.atMostFor(HOURS, FlowDays::weight, LOOSE);

    private final Kept<Span, NavigableMap<Instant, Long>> states =
            Kept.atMostFor(STATES, (_, days) -> 1 + days.size(), STATES_FRESH);

    FlowDays(FlowItems items) {
        this.items = items;
    }

    private record Span(TenantId tenant, Instant from, Instant to) {}

    private record DayState(TenantId tenant, Instant start, Optional<Long> progress) {}

    /**
     * @param version empty of a day that is not rolled up
     * @param hours those of which anything is known
     */
    record Day(Optional<FlowVersion> version, NavigableMap<Instant, FlowItems.Rolled> hours) {

        Day {
            hours = Collections.unmodifiableNavigableMap(hours);
        }
    }

    private static int weight(DayState state, Day day) {
        return 1 + day.hours.size();
    }

    /** The days that begin in [from, to), both at midnight in UTC, by their beginning. */
    NavigableMap<Instant, Day> read(TenantId tenant, Instant from, Instant to) {
        Span span = new Span(tenant, from, to);
        NavigableMap<Instant, Long> progress = states.get(span, () -> progress(span));
        Set<DayState> known = new HashSet<>();
        Set<DayState> loose = new HashSet<>();
        Stream.iterate(from, day -> day.isBefore(to), FlowSpan.DAY::end)
                .forEach(day -> {
                    Optional<Long> rolledUp = Optional.ofNullable(progress.get(day));
                    (rolledUp.isPresent() ? known : loose).add(new DayState(tenant, day, rolledUp));
                });
        NavigableMap<Instant, Day> all = new TreeMap<>();
        days.getAll(known, this::load).forEach((state, day) -> all.put(state.start, day));
        looseDays.getAll(loose, this::load).forEach((state, day) -> all.put(state.start, day));
        return all;
    }

    private NavigableMap<Instant, Long> progress(Span span) {
        NavigableMap<Instant, Long> progress = new TreeMap<>();
        items.rolled(span.tenant, FlowSpan.DAY, span.from, span.to)
                .forEach((day, rolled) -> progress.put(day, rolled.progress()));
        return progress;
    }

    private Map<DayState, Day> load(Set<DayState> states) {
        NavigableMap<Instant, DayState> byStart =
                states.stream()
                        .collect(
                                Collectors.toMap(
                                        DayState::start,
                                        state -> state,
                                        (a, _) -> a,
                                        TreeMap::new));
        TenantId tenant = byStart.firstEntry().getValue().tenant();
        NavigableMap<Instant, FlowItems.Rolled> hours =
                items.rolled(
                        tenant,
                        FlowSpan.HOUR,
                        byStart.firstKey(),
                        FlowSpan.DAY.end(byStart.lastKey()));
        Map<DayState, Day> loaded = new HashMap<>();
        byStart.forEach((start, state) ->
                loaded.put(
                        state,
                        new Day(
                                state.progress.map(
                                        progress -> new FlowVersion(FlowSpan.DAY, start, progress)),
                                new TreeMap<>(hours.subMap(start, FlowSpan.DAY.end(start))))));
        return loaded;
    }
}
