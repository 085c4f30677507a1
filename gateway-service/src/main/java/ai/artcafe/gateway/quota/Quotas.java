package ai.artcafe.gateway.quota;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The days of all tenants that have, or lately had, sockets here. Thread-safe. */
@ApplicationScoped
public class Quotas {

    private final QuotaConfig config;
    private final Clock clock;
    private final Map<TenantId, TenantQuota> quotas = new ConcurrentHashMap<>();

    Quotas(QuotaConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * The tenant's day, for a socket that has just been let in.
     *
     * @param listener until it is {@linkplain #close closed}
     */
    public TenantQuota open(TenantRecord tenant, QuotaListener listener) {
        return at(tenant, quota -> quota.add(listener, clock.instant()));
    }

    /** The tenant's day, for a user of it who sends something. */
    TenantQuota use(TenantRecord tenant) {
        return at(tenant, quota -> quota.use(clock.millis()));
    }

    private TenantQuota at(TenantRecord tenant, Consumer<TenantQuota> user) {
        TenantQuota.Allowance allowance = TenantQuota.Allowance.of(tenant);
        return quotas.compute(
                tenant.tenantId(),
                (id, there) -> {
                    TenantQuota quota =
                            there != null
                                    ? there
                                    : new TenantQuota(id, allowance, config.staleAfter());
                    quota.allow(allowance, clock.instant());
                    user.accept(quota);
                    return quota;
                });
    }

    public void close(TenantId tenant, QuotaListener listener) {
        quotas.computeIfPresent(
                tenant,
                (_, quota) -> {
                    quota.remove(listener, clock.millis());
                    return quota;
                });
    }

    /** Another gateway has let so many messages of the tenant through. */
    public void usedElsewhere(TenantId tenant, long messages) {
        TenantQuota quota = quotas.get(tenant);
        if (quota != null) {
            quota.published(messages);
        }
    }

    /** Those there are, without those that nobody has used for long. */
    List<TenantQuota> all() {
        long before = clock.millis() - config.keep().toMillis();
        quotas.keySet()
                .forEach(tenant ->
                        quotas.computeIfPresent(
                                tenant, (_, quota) -> quota.isIdleSince(before) ? null : quota));
        return List.copyOf(quotas.values());
    }
}
