package ai.artcafe.gateway.limit;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How many messages a tenant's users may send through the API: as many as its agents leave of the
 * tenant's rate. Thread-safe.
 */
@ApplicationScoped
public class ApiRates {

    private static final int TENANTS = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private record Key(TenantId tenant, long perSecond) {}

    private final MessageRates rates;
    private final Cache<Key, MessageRate> tenants =
            Caffeine.newBuilder().maximumSize(TENANTS).expireAfterAccess(REMEMBERED).build();

    ApiRates(MessageRates rates) {
        this.rates = rates;
    }

    /** Takes one message off, if there is one left. */
    public RateVerdict take(TenantId tenant, PlanLimits limits) {
        Key key = new Key(tenant, limits.tenantMessagesPerSecond());
        return tenants.get(key, _ -> rates.ofTenant(tenant, key.perSecond())).take();
    }
}
