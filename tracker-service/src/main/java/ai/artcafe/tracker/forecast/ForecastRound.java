package ai.artcafe.tracker.forecast;

import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.tracker.ledger.Lease;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Makes a forecast of each enterprise tenant in every hour, so many a second, on the tracker that
 * holds the lease. What another tracker has made in the hour is not made again.
 *
 * <p>One thread.
 */
@Singleton
public final class ForecastRound {

    private static final Logger LOG = Logger.getLogger(ForecastRound.class);

    /** How often it is looked for tenants that are new. */
    private static final Duration LOOK = Duration.ofMinutes(5);

    /** A tenant that has published nothing for so long has no forecast. */
    private static final Duration IDLE = Duration.ofDays(7);

    private final EnterpriseTenants tenants;
    private final BookedHours hours;
    private final ForecastStore store;
    private final Lease lease;
    private final ForecastConfig config;
    private final Clock clock;
    private final Forecaster forecaster;
    private final Map<TenantId, Instant> doneInHour = new HashMap<>();
    private final Deque<Map.Entry<TenantId, PlanLimits>> waiting = new ArrayDeque<>();
    private final LongAdder made = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private Instant nextLook = Instant.MIN;

    @Inject
    public ForecastRound(
            EnterpriseTenants tenants,
            BookedHours hours,
            ForecastStore store,
            Lease lease,
            ForecastConfig config,
            Clock clock) {
        this.tenants = tenants;
        this.hours = hours;
        this.store = store;
        this.lease = lease;
        this.config = config;
        this.clock = clock;
        this.forecaster = new Forecaster(config.minHistoryHours());
    }

    /** Makes those that are due, not more than are allowed a second. To be called every second. */
    public void run() {
        if (!lease.holds()) {
            waiting.clear();
            nextLook = Instant.MIN;
            return;
        }
        Instant now = clock.instant();
        try {
            look(now);
            for (int i = 0; i < config.perSecond() && !waiting.isEmpty(); i++) {
                Map.Entry<TenantId, PlanLimits> next = waiting.peekFirst();
                make(next.getKey(), next.getValue(), now);
                waiting.removeFirst();
            }
        } catch (StoreAwayException e) {
            failed.increment();
            LOG.debugf("Forecasts wait: store=%s", e.store());
        }
    }

    private void look(Instant now) {
        if (now.isBefore(nextLook) || !waiting.isEmpty()) {
            return;
        }
        Instant hour = Period.HOURLY.start(now.minus(config.delay()));
        Map<TenantId, PlanLimits> all = tenants.all();
        doneInHour.keySet().retainAll(all.keySet());
        all.entrySet().stream()
                .filter(tenant -> !hour.equals(doneInHour.get(tenant.getKey())))
                .forEach(waiting::addLast);
        Instant nextHour = hour.plus(1, ChronoUnit.HOURS).plus(config.delay());
        nextLook = now.plus(LOOK).isBefore(nextHour) ? now.plus(LOOK) : nextHour;
    }

    private void make(TenantId tenant, PlanLimits limits, Instant now) {
        Instant hour = Period.HOURLY.start(now.minus(config.delay()));
        boolean isMade = store.madeAt(tenant).filter(at -> !at.isBefore(hour)).isPresent();
        if (!isMade) {
            try {
                makeAnew(tenant, limits, now);
            } catch (StoreAwayException e) {
                throw e;
            } catch (RuntimeException e) {
                failed.increment();
                LOG.errorf(e, "No forecast: tenant=%s", tenant);
            }
        }
        doneInHour.put(tenant, hour);
    }

    private void makeAnew(TenantId tenant, PlanLimits limits, Instant now) {
        Instant from = Period.HOURLY.start(now.minus(config.maxHistoryHours(), ChronoUnit.HOURS));
        SortedMap<Instant, Long> published = hours.published(tenant, from, now);
        if (published.tailMap(now.minus(IDLE)).isEmpty()) {
            return;
        }
        Forecast forecast = forecaster.of(published, hours.missed(tenant, from, now), limits, now);
        store.keep(tenant, forecast);
        made.increment();
    }

    /** Forecasts made since the start. */
    public long made() {
        return made.sum();
    }

    /** How often one could not be made. */
    public long failed() {
        return failed.sum();
    }
}
