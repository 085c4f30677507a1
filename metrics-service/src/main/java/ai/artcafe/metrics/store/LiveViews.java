package ai.artcafe.metrics.store;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at tenants, in one round trip to Redis each. */
@ApplicationScoped
public class LiveViews {

    private final RedisPipeline redis;
    private final LiveFlow flow;
    private final LiveInsights insights;

    LiveViews(RedisPipeline redis, LiveFlow flow, LiveInsights insights) {
        this.redis = redis;
        this.flow = flow;
        this.insights = insights;
    }

    /**
     * What to look at beside totals and rates.
     *
     * @param minutes what the taps saw in detail
     */
    public record Wanted(boolean minutes, boolean anomalies, boolean forecast) {}

    /**
     * A tenant as Redis knows it now. How far ledger and taps are is read first: what follows is
     * then at least as far.
     *
     * @param seconds how far back its seconds go
     * @param minutes how far back its minutes go
     * @throws ai.artcafe.runtime.store.StoreAwayException when Redis is away
     */
    public LiveView of(
            TenantId tenant, Instant now, Wanted wanted, Duration seconds, Duration minutes) {
        RedisBatch batch = new RedisBatch(redis);
        // the taps may be behind: then what is asked for begins that much earlier
        Instant oldest = now.minus(LiveTaps.FRESH);
        LiveView view =
                new LiveView(
                        batch.ask(LiveUsage.askFreshness()),
                        batch.ask(LiveFlow.askTaps()),
                        batch.ask(LiveUsage.askTenant(tenant, now)),
                        batch.ask(LiveFlow.askSeconds(tenant, oldest.minus(seconds), now)),
                        wanted.minutes()
                                ? minutes(batch, tenant, oldest.minus(minutes), now)
                                : Map.of(),
                        wanted.anomalies()
                                ? batch.ask(insights.askAnomalies(tenant))
                                : Optional::empty,
                        wanted.forecast()
                                ? batch.ask(insights.askForecast(tenant))
                                : Optional::empty);
        batch.send();
        return view;
    }

    private Map<Instant, Supplier<List<LiveMinute>>> minutes(
            RedisBatch batch, TenantId tenant, Instant from, Instant now) {
        Map<Instant, Supplier<List<LiveMinute>>> minutes = new HashMap<>();
        Instant last = FlowSpan.MINUTE.start(now);
        for (Instant minute = FlowSpan.MINUTE.start(from);
                !minute.isAfter(last);
                minute = FlowSpan.MINUTE.end(minute)) {
            minutes.put(minute, batch.ask(flow.askMinutes(tenant, List.of(minute))));
        }
        return minutes;
    }
}
