package ai.artcafe.metrics.analytics;

import static java.util.Comparator.naturalOrder;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * What was booked to each agent in whole hours, exactly.
 *
 * <p>Parts of days that are over are kept by what the ledger says of the tenant in the same time:
 * any booking, however late, to any of its agents changes that. What does not add up to the tenant,
 * as rollups of agents are a minute late, is kept for a minute only. Thread-safe.
 */
@ApplicationScoped
class AgentSums {

    /** With more, nothing is added up. */
    static final int AGENTS_AT_MOST = 2_000;

    /** How many agents' days are kept; one takes about 200 bytes. */
    private static final long ROWS = 200_000;

    private static final Duration UNUSED = Duration.ofMinutes(30);
    private static final Duration LOOSE = Duration.ofMinutes(1);

    private final AgentSpans spans;
    private final Kept<Part, Sums> parts =
            Kept.whileUsed(ROWS, (_, sums) -> 1 + sums.byAgent.size(), UNUSED);

    AgentSums(AgentSpans spans) {
        this.spans = spans;
    }

    /** Some hours of one day (UTC), or all of it. */
    private record Span(Instant from, Instant to) {

        Instant day() {
            return Period.DAILY.start(from);
        }

        boolean isDay() {
            return from.equals(day()) && to.equals(Period.DAILY.end(from));
        }
    }

    /**
     * @param all what the tenant's hours say of it
     * @param progress of all those hours together
     */
    private record Part(TenantId tenant, Span span, AgentTraffic all, long progress) {

        boolean isLive(Instant now) {
            return new Slice(Period.DAILY, span.day()).isLive(now);
        }
    }

    /**
     * @param isKnown whether there are few enough agents to tell
     * @param addsUp whether they sum to the tenant
     */
    private record Sums(
            boolean isKnown,
            boolean addsUp,
            Map<Attribution, AgentTraffic> byAgent,
            Instant readAt) {

        static Sums of(Part part, Map<Attribution, AgentTraffic> byAgent, Instant readAt) {
            AgentTraffic all =
                    byAgent.values().stream().reduce(AgentTraffic.NONE, AgentTraffic::plus);
            return new Sums(true, all.equals(part.all), Map.copyOf(byAgent), readAt);
        }

        static Sums unknown(Instant readAt) {
            return new Sums(false, false, Map.of(), readAt);
        }
    }

    /**
     * The sums over [from, to); empty where the tenant has too many agents, or hours of single
     * agents are asked for that are not rolled up for certain.
     *
     * @param hours the tenant's, of the days that have a part in it
     */
    Optional<Map<Attribution, AgentTraffic>> of(
            TenantId tenant,
            Instant from,
            Instant to,
            NavigableMap<Instant, Booked> hours,
            Instant now) {
        Set<Part> added = new HashSet<>();
        Set<Part> taken = new HashSet<>();
        List<Instant> open = new ArrayList<>();
        for (Instant day = Period.DAILY.start(from);
                day.isBefore(to) && !day.isAfter(now);
                day = Period.DAILY.end(day)) {
            Span whole = new Span(day, Period.DAILY.end(day));
            Span asked = new Span(later(from, day), earlier(to, whole.to));
            boolean isOpen = asked.to.isAfter(now);
            if (!isOpen && !asked.isDay()) {
                if (isUnsettled(asked, now)) {
                    return Optional.empty();
                }
                added.add(part(tenant, asked, hours));
                continue;
            }
            if (isOpen) {
                open.add(day);
            } else {
                added.add(part(tenant, whole, hours));
            }
            if (asked.from.isAfter(day)) {
                Span before = new Span(day, asked.from);
                if (isUnsettled(before, now)) {
                    return Optional.empty();
                }
                taken.add(part(tenant, before, hours));
            }
        }
        return sum(tenant, added, taken, open, now);
    }

    private Optional<Map<Attribution, AgentTraffic>> sum(
            TenantId tenant, Set<Part> added, Set<Part> taken, List<Instant> open, Instant now) {
        Set<Part> all = new HashSet<>(added);
        all.addAll(taken);
        forgetWhatDoesNotAddUp(all, now);
        Map<Part, Sums> read = parts.getAll(all, missing -> load(tenant, missing, now));
        if (!read.values().stream().allMatch(Sums::isKnown)) {
            return Optional.empty();
        }
        Map<Attribution, AgentTraffic> sums = new HashMap<>();
        open.forEach(day ->
                spans.live(tenant, day)
                        .forEach((agent, more) -> sums.merge(agent, more, AgentTraffic::plus)));
        read.forEach((part, known) ->
                known.byAgent.forEach((agent, traffic) ->
                        sums.merge(
                                agent,
                                added.contains(part) ? traffic : AgentTraffic.NONE.minus(traffic),
                                AgentTraffic::plus)));
        return sums.size() > AGENTS_AT_MOST ? Optional.empty() : Optional.of(sums);
    }

    private void forgetWhatDoesNotAddUp(Set<Part> all, Instant now) {
        for (Part part : all) {
            parts.present(part)
                    .filter(sums -> !sums.addsUp)
                    .filter(sums -> sums.readAt.plus(LOOSE).isBefore(now))
                    .ifPresent(_ -> parts.forget(part));
        }
    }

    private Map<Part, Sums> load(TenantId tenant, Set<Part> missing, Instant now) {
        Map<Part, Sums> loaded = new HashMap<>();
        List<Part> booked = missing.stream().filter(part -> part.progress > 0).toList();
        missing.forEach(part -> loaded.put(part, Sums.of(part, Map.of(), now)));
        if (booked.isEmpty()) {
            return loaded;
        }
        Set<Attribution> known =
                spans.known(
                        tenant,
                        booked.stream().map(part -> part.span.day()).distinct().toList(),
                        AGENTS_AT_MOST + 1);
        if (known.size() > AGENTS_AT_MOST) {
            booked.forEach(part -> loaded.put(part, Sums.unknown(now)));
            return loaded;
        }
        List<Part> days = booked.stream().filter(part -> part.span.isDay()).toList();
        loaded.putAll(rolledUp(tenant, known, Period.DAILY, days, now));
        booked.stream()
                .filter(part -> !part.span.isDay())
                .forEach(part ->
                        loaded.putAll(rolledUp(tenant, known, Period.HOURLY, List.of(part), now)));
        return loaded;
    }

    private Map<Part, Sums> rolledUp(
            TenantId tenant,
            Set<Attribution> known,
            Period period,
            List<Part> wanted,
            Instant now) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Instant from =
                wanted.stream().map(part -> part.span.from).min(naturalOrder()).orElseThrow();
        Instant to = wanted.stream().map(part -> part.span.to).max(naturalOrder()).orElseThrow();
        var rolledUp = spans.rolledUp(tenant, known, period, from, to);
        Map<Part, Sums> sums = new HashMap<>();
        for (Part part : wanted) {
            Map<Attribution, AgentTraffic> byAgent = new HashMap<>();
            rolledUp.forEach((agent, booked) ->
                    booked.subMap(part.span.from, part.span.to)
                            .values()
                            .forEach(one ->
                                    byAgent.merge(
                                            agent, AgentTraffic.of(one), AgentTraffic::plus)));
            Sums ofRollups = Sums.of(part, byAgent, now);
            sums.put(
                    part,
                    !ofRollups.addsUp && part.span.isDay() && part.isLive(now)
                            ? Sums.of(part, spans.live(tenant, part.span.from), now)
                            : ofRollups);
        }
        return sums;
    }

    private Part part(TenantId tenant, Span span, NavigableMap<Instant, Booked> hours) {
        Booked all =
                hours.subMap(span.from, span.to).values().stream()
                        .reduce(
                                Booked.NOTHING,
                                (one, other) ->
                                        new Booked(
                                                one.totals().plus(other.totals()),
                                                one.adjustments().plus(other.adjustments()),
                                                one.progress() + other.progress()));
        return new Part(tenant, span, AgentTraffic.of(all), all.progress());
    }

    private static boolean isUnsettled(Span span, Instant now) {
        return now.isBefore(span.to.plus(BookedHours.SETTLES));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
