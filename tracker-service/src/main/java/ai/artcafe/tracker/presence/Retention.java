package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * For how long a tenant's detail is kept, by its tier as it was about a minute ago. While that
 * cannot be read, the longest. Thread-safe.
 */
final class Retention implements Function<TenantId, Duration> {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int REMEMBERED = 10_000;

    private final Tenants tenants;
    private final Clock clock;
    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();

    Retention(Tenants tenants, Clock clock) {
        this.tenants = tenants;
        this.clock = clock;
    }

    private record Known(Duration life, Instant readAt) {}

    @Override
    public Duration apply(TenantId tenant) {
        Instant now = clock.instant();
        Known before = known.get(tenant);
        if (before != null
                && !before.readAt().isAfter(now)
                && before.readAt().plus(FRESH).isAfter(now)) {
            return before.life();
        }
        if (before == null) {
            return learn(tenant, now);
        }
        // nobody waits for what hardly ever changes
        known.put(tenant, new Known(before.life(), now));
        Thread.ofVirtual().name("retention").start(() -> learn(tenant, now));
        return before.life();
    }

    private Duration learn(TenantId tenant, Instant now) {
        if (known.size() >= REMEMBERED) {
            known.clear();
        }
        Duration life = read(tenant);
        known.put(tenant, new Known(life, now));
        return life;
    }

    private Duration read(TenantId tenant) {
        try {
            return tenants.find(tenant)
                    .map(found -> found.tier().detailRetention())
                    .orElse(Tier.BASIC.detailRetention());
        } catch (StoreAwayException _) {
            return Tier.ENTERPRISE.detailRetention();
        }
    }
}
