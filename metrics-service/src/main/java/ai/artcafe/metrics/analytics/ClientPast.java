package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.Agents;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.StatusArchive;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Reads afresh what one agent did in a time: by the ledger's hours, which are exact; by the minute
 * what the sketches say of the ledger's readings.
 */
@ApplicationScoped
class ClientPast {

    private final LiveUsage usage;
    private final Agents agents;
    private final BookedHours hours;
    private final LedgerGaps gaps;
    private final AgentSums sums;
    private final RankedSteps ranked;
    private final RankedSeries rankedSeries;
    private final StatusArchive requests;

    ClientPast(
            LiveUsage usage,
            Agents agents,
            BookedHours hours,
            LedgerGaps gaps,
            AgentSums sums,
            RankedSteps ranked,
            RankedSeries rankedSeries,
            StatusArchive requests) {
        this.usage = usage;
        this.agents = agents;
        this.hours = hours;
        this.gaps = gaps;
        this.sums = sums;
        this.ranked = ranked;
        this.rankedSeries = rankedSeries;
        this.requests = requests;
    }

    /**
     * @throws ProblemException {@code not_found} when the agent is not the tenant's
     */
    AnalyticsAnswer read(AnalyticsAnswer.Head head, AgentId agent, Instant now) {
        TenantId tenant = head.tenant();
        if (!usage.hasUsed(tenant, agent) && !agents.isRegistered(tenant, agent)) {
            throw ErrorCode.NOT_FOUND.because("There is no such agent.");
        }
        return head.query().range().step() == FlowSpan.HOUR
                ? hours(head, agent, now)
                : minutes(head, agent, now);
    }

    private AnalyticsAnswer hours(AnalyticsAnswer.Head head, AgentId agent, Instant now) {
        TenantId tenant = head.tenant();
        AnalyticsRange range = head.query().range();
        Instant from = range.from();
        Duration length = Duration.between(from, range.completeTo(now));
        NavigableMap<Instant, Booked> booked =
                hours.ofAgent(new OfAgent(tenant, agent), from.minus(length), range.to(), now);
        NavigableMap<Instant, Booked> all =
                hours.ofTenant(new OfTenant(tenant), Period.DAILY.start(from), range.to(), now);
        LedgerGaps.Known missed = gaps.read(tenant, from, range.to());
        List<SeriesPoint> series =
                range.steps().map(hour -> point(hour, booked, missed, now)).toList();
        Totals totals =
                Totals.of(
                        BookedHours.sum(booked, from, range.to()).totals(),
                        BookedHours.sum(all, from, range.to()).totals().published().messages());
        return AnalyticsAnswer.ofClient(
                head,
                agent,
                totals,
                Growth.ofLedger(range, booked, now),
                Calendar.of(series, head.query().days(), Optional.of(booked)),
                behaviour(head, agent, series, totals, all, now),
                series);
    }

    private static SeriesPoint point(
            Instant hour,
            NavigableMap<Instant, Booked> booked,
            LedgerGaps.Known missed,
            Instant now) {
        Instant end = FlowSpan.HOUR.end(hour);
        return SeriesPoint.of(
                hour,
                booked.getOrDefault(hour, Booked.NOTHING).totals(),
                missed.isAnyIn(hour, end),
                now.isBefore(end.plus(BookedHours.SETTLES)));
    }

    private Optional<ClientBehaviour> behaviour(
            AnalyticsAnswer.Head head,
            AgentId agent,
            List<SeriesPoint> series,
            Totals totals,
            NavigableMap<Instant, Booked> all,
            Instant now) {
        if (!Feature.BEHAVIOUR.isIn(head.tier())) {
            return Optional.empty();
        }
        AnalyticsRange range = head.query().range();
        Optional<Map<Attribution, AgentTraffic>> everyone =
                sums.of(head.tenant(), range.from(), range.to(), all, now);
        return Optional.of(
                ClientBehaviour.of(
                        agent,
                        series,
                        totals,
                        head.query().days(),
                        everyone,
                        ClientRequests.read(requests, head.tenant(), agent, range, now)));
    }

    private AnalyticsAnswer minutes(AnalyticsAnswer.Head head, AgentId agent, Instant now) {
        NavigableMap<Instant, Ranks> steps =
                ranked.read(head.tenant(), Ranks.Kind.AGENTS, head.query().range(), now);
        List<SeriesPoint> series = rankedSeries.of(head, steps, agent.value(), now);
        return AnalyticsAnswer.ofClient(
                head,
                agent,
                RankedSeries.totals(
                        series,
                        steps.values().stream().mapToLong(Ranks::total).sum(),
                        Optional.empty()),
                Optional.empty(),
                Calendar.NONE,
                Optional.empty(),
                series);
    }
}
