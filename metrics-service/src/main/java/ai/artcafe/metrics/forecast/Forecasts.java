package ai.artcafe.metrics.forecast;

import ai.artcafe.metrics.store.ForecastArchive;
import ai.artcafe.metrics.store.LiveInsights;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The latest forecasts. Thread-safe. */
@ApplicationScoped
public class Forecasts {

    /** How long it is remembered that there is none: who asks every second shall not ask twice. */
    private static final Duration NONE = Duration.ofMinutes(1);

    private static final int REMEMBERED = 10_000;

    private final LiveInsights live;
    private final ForecastArchive archive;
    private final Clock clock;
    private final Map<TenantId, Instant> without = new ConcurrentHashMap<>();

    Forecasts(LiveInsights live, ForecastArchive archive, Clock clock) {
        this.live = live;
        this.archive = archive;
        this.clock = clock;
    }

    /**
     * The tenant's latest forecast; one without a projection as long as there is too little
     * history, empty when none was made in the last days. For enterprise tenants only.
     *
     * @throws ai.artcafe.runtime.store.StoreAwayException when Redis is away
     */
    public Optional<Forecast> of(TenantId tenant) {
        return orArchived(tenant, live.forecast(tenant));
    }

    /**
     * The same for who has asked Redis already.
     *
     * @param found what Redis has
     */
    public Optional<Forecast> orArchived(TenantId tenant, Optional<Forecast> found) {
        return found.or(() -> archived(tenant));
    }

    private Optional<Forecast> archived(TenantId tenant) {
        Instant now = clock.instant();
        if (without.getOrDefault(tenant, Instant.MIN).isAfter(now.minus(NONE))) {
            return Optional.empty();
        }
        Optional<Forecast> kept = archive.latest(tenant);
        if (kept.isEmpty()) {
            if (without.size() >= REMEMBERED) {
                without.clear();
            }
            without.put(tenant, now);
        }
        return kept;
    }
}
