package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.anomaly.AnomalySummary;
import ai.artcafe.metrics.forecast.Forecasts;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveMinute;
import ai.artcafe.metrics.store.LiveTenant;
import ai.artcafe.metrics.store.LiveView;
import ai.artcafe.metrics.store.LiveViews;
import ai.artcafe.metrics.store.RecentSeconds;
import ai.artcafe.metrics.store.TapHistory;
import ai.artcafe.metrics.store.TapTimes;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a tenant as it is right now, in one round trip. */
@ApplicationScoped
class LivePicture {

    /** How far back the seconds go that are looked at: five full minutes. */
    private static final Duration SECONDS = Duration.ofSeconds(Rates.FIVE_MINUTES + 1L);

    private static final Duration MINUTE = Duration.ofSeconds(Rates.MINUTE);

    private final LiveViews views;
    private final TapHistory history;
    private final Forecasts forecasts;
    private final Clock clock;

    LivePicture(LiveViews views, TapHistory history, Forecasts forecasts, Clock clock) {
        this.views = views;
        this.history = history;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    /**
     * @throws ai.artcafe.runtime.store.StoreAwayException when Redis is away
     */
    Picture of(TenantRecord tenant) {
        Instant now = clock.instant();
        Tier tier = tenant.tier();
        LiveView view =
                views.of(
                        tenant.tenantId(),
                        now,
                        new LiveViews.Wanted(
                                Feature.LATENCY.isIn(tier),
                                Feature.ANOMALIES.isIn(tier),
                                Feature.FORECAST.isIn(tier)),
                        SECONDS,
                        MINUTE);
        Freshness freshness = view.freshness();
        LiveTenant live = view.tenant();
        Rates booked = Rates.ofLedger(live.recent(), freshness);
        Optional<Tapped> tapped =
                view.taps()
                        .through(now)
                        .flatMap(through -> tapped(view, through))
                        .filter(seen -> seen.isHeard() || !isBooked(booked));
        Rates rates = tapped.map(Tapped::rates).orElse(booked);
        RealtimeAnswer answer =
                RealtimeAnswer.of(
                        tenant,
                        freshness,
                        live,
                        rates,
                        detail(tenant, view, rates, tapped, now),
                        outlook(tenant, view));
        return new Picture(
                answer, tapped.map(Tapped::track).or(() -> track(live.recent(), freshness)));
    }

    /**
     * @param since since when the taps have listened without a pause
     * @param through up to when they have told
     */
    private record Tapped(Rates rates, RecentSeconds seconds, Instant since, Instant through) {

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

        Track track() {
            long last = through.getEpochSecond() - 1;
            long first = Math.max(since.getEpochSecond() + 1, last - Rates.FIVE_MINUTES + 1);
            return new Track(Rates.Source.TAP, first, last, seconds);
        }
    }

    /** As far back as the ledger keeps its seconds. */
    private static Optional<Track> track(RecentSeconds booked, Freshness freshness) {
        return freshness
                .asOf()
                .map(asOf -> {
                    long last = asOf.getEpochSecond() - 1;
                    long first = asOf.getEpochSecond() - RedisKeys.RECENT_SECONDS + 1;
                    return new Track(Rates.Source.LEDGER, first, last, booked);
                });
    }

    /** Whether anything was published in the last minute that a tap would have heard. */
    private static boolean isBooked(Rates booked) {
        return booked.messagesPerSecond1m().filter(mean -> mean > 0).isPresent();
    }

    /** Empty while the taps have not listened for a minute yet. */
    private Optional<Tapped> tapped(LiveView view, Instant through) {
        TapTimes times = history.timesIfKnown().with(view.taps());
        Instant first = through.minus(SECONDS);
        return times.since(through)
                .filter(_ -> times.covers(through.minus(MINUTE), through))
                .map(since -> {
                    RecentSeconds seen = view.seconds();
                    Rates rates = Rates.ofTap(seen, through, times.covers(first, through));
                    return new Tapped(rates, seen, since, through);
                });
    }

    private static LiveDetail detail(
            TenantRecord tenant, LiveView view, Rates rates, Optional<Tapped> tapped, Instant now) {
        Optional<Window> window = tapped.map(Tapped::window);
        if (!Feature.LATENCY.isIn(tenant.tier())) {
            return LiveDetail.ofWindow(window);
        }
        Instant to = tapped.map(Tapped::through).orElse(now);
        FlowSketches seen = new FlowSketches();
        Map<Attribution, Traffic> agents = new HashMap<>();
        for (LiveMinute minute : view.minutes(to.minus(MINUTE), to)) {
            seen.merge(minute.sketches());
            minute.agents().forEach((agent, sent) -> agents.merge(agent, sent, Traffic::plus));
        }
        return window.map(of -> LiveDetail.of(tenant.tier(), rates, of, seen, agents))
                .orElseGet(() -> LiveDetail.ofLedger(tenant.tier(), rates, agents));
    }

    private Outlook outlook(TenantRecord tenant, LiveView view) {
        return new Outlook(
                view.anomalies().map(AnomalySummary::of),
                Feature.FORECAST.isIn(tenant.tier())
                        ? forecasts.orArchived(tenant.tenantId(), view.forecast())
                        : Optional.empty());
    }
}
