package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveFlow;
import ai.artcafe.metrics.store.LiveMinute;
import ai.artcafe.metrics.store.LiveTaps;
import ai.artcafe.metrics.store.LiveTenant;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.RecentSeconds;
import ai.artcafe.metrics.store.TapHistory;
import ai.artcafe.metrics.store.TapTimes;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tenant as it is right now. How far ledger and taps are is always read first: what is read
 * afterwards is then as far.
 */
@ApplicationScoped
class LivePicture {

    private final LiveUsage usage;
    private final LiveFlow flow;
    private final TapHistory history;
    private final Clock clock;

    LivePicture(LiveUsage usage, LiveFlow flow, TapHistory history, Clock clock) {
        this.usage = usage;
        this.flow = flow;
        this.history = history;
        this.clock = clock;
    }

    RealtimeAnswer of(TenantRecord tenant) {
        Instant now = clock.instant();
        Freshness freshness = usage.freshness();
        LiveTaps taps = flow.taps();
        LiveTenant live = usage.tenant(tenant.tenantId(), now);
        Rates booked = Rates.ofLedger(live.recent(), freshness);
        Optional<Tapped> tapped =
                taps.through(now)
                        .flatMap(through -> tapped(tenant.tenantId(), taps, through))
                        .filter(seen -> seen.isHeard() || !isBooked(booked));
        Rates rates = tapped.map(Tapped::rates).orElse(booked);
        return RealtimeAnswer.of(
                tenant, freshness, live, rates, detail(tenant, rates, tapped, now));
    }

    /**
     * @param through up to when the taps have told
     */
    private record Tapped(Rates rates, RecentSeconds seconds, Instant through) {

        Window window() {
            Instant from = FlowSpan.MINUTE.start(through.minusSeconds(Rates.MINUTE));
            long last = through.getEpochSecond();
            Traffic seen = seconds.sum(last, (int) (last - from.getEpochSecond() + 1));
            return new Window(from, through, seen.messages(), seen.bytes());
        }

        /** Whether they heard anything of late. */
        boolean isHeard() {
            return rates.messagesPerSecond1m().filter(mean -> mean > 0).isPresent();
        }
    }

    /** Whether anything was published in the last minute that a tap would have heard. */
    private static boolean isBooked(Rates booked) {
        return booked.messagesPerSecond1m().filter(mean -> mean > 0).isPresent();
    }

    /** Empty while the taps have not listened for a minute yet. */
    private Optional<Tapped> tapped(TenantId tenant, LiveTaps taps, Instant through) {
        TapTimes times = history.timesIfKnown().with(taps);
        if (!times.covers(through.minusSeconds(Rates.MINUTE), through)) {
            return Optional.empty();
        }
        Instant first = through.minusSeconds(Rates.FIVE_MINUTES + 1L);
        RecentSeconds seen = flow.seconds(tenant, first, through);
        return Optional.of(
                new Tapped(
                        Rates.ofTap(seen, through, times.covers(first, through)), seen, through));
    }

    private LiveDetail detail(
            TenantRecord tenant, Rates rates, Optional<Tapped> tapped, Instant now) {
        Optional<Window> window = tapped.map(Tapped::window);
        if (!Feature.LATENCY.isIn(tenant.tier())) {
            return LiveDetail.ofWindow(window);
        }
        Instant to = tapped.map(Tapped::through).orElse(now);
        Instant from = FlowSpan.MINUTE.start(to.minusSeconds(Rates.MINUTE));
        List<Instant> minutes = List.of(from, FlowSpan.MINUTE.start(to));
        FlowSketches seen = new FlowSketches();
        Map<Attribution, Traffic> agents = new HashMap<>();
        for (LiveMinute minute : flow.minutes(tenant.tenantId(), minutes)) {
            seen.merge(minute.sketches());
            minute.agents().forEach((agent, sent) -> agents.merge(agent, sent, Traffic::plus));
        }
        return window.map(of -> LiveDetail.of(tenant.tier(), rates, of, seen, agents))
                .orElseGet(() -> LiveDetail.ofLedger(tenant.tier(), rates, agents));
    }
}
