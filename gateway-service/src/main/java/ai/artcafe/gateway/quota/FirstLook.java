package ai.artcafe.gateway.quota;

import ai.artcafe.gateway.quota.store.BookedToday;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Has it known what a tenant has used of its day before the first of its messages is let through
 * here. Thread-safe; blocks, but never for long.
 */
@ApplicationScoped
public class FirstLook {

    private static final Logger LOG = Logger.getLogger(FirstLook.class);

    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** How long nobody is kept waiting after the ledger could not be read. */
    private static final Duration AWAY = Duration.ofSeconds(2);

    private final Quotas quotas;
    private final BookedToday ledger;
    private final GatewayMeters meters;
    private final Clock clock;
    private final Map<TenantId, CompletableFuture<Void>> looks = new ConcurrentHashMap<>();
    private volatile Instant awayUntil = Instant.MIN;

    FirstLook(Quotas quotas, BookedToday ledger, GatewayMeters meters, Clock clock) {
        this.quotas = quotas;
        this.ledger = ledger;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Reads the day of a tenant that is limited and that nothing is known of. While the ledger is
     * away the day has no end, and nobody waits.
     *
     * @return the tenant's day
     */
    public TenantQuota at(TenantRecord tenant) {
        TenantQuota quota = quotas.use(tenant);
        if (quota.limits().messagesPerDay() != PlanLimits.UNLIMITED
                && !quota.isKnown(clock.millis())
                && !clock.instant().isBefore(awayUntil)) {
            await(quota);
        }
        return quota;
    }

    /** Who comes while it is read waits for the same answer. */
    private void await(TenantQuota quota) {
        CompletableFuture<Void> look =
                looks.computeIfAbsent(
                        quota.tenant(),
                        _ ->
                                CompletableFuture.runAsync(
                                        () -> read(quota),
                                        task -> Thread.ofVirtual().name("first-look").start(task)));
        try {
            look.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (RuntimeException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                LOG.errorf(e, "a day's quota could not be read tenant=%s", quota.tenant());
            }
        }
    }

    private void read(TenantQuota quota) {
        try {
            Instant now = clock.instant();
            long mark = quota.mark();
            BookedToday.Figures figures = ledger.read(Set.of(quota.tenant()), now);
            quota.read(
                    figures.messages().getOrDefault(quota.tenant(), 0L), figures.asOf(), mark, now);
            meters.quotasRead(true);
        } catch (StoreAwayException e) {
            awayUntil = clock.instant().plus(AWAY);
            meters.quotasRead(false);
            LOG.debugf("a day's quota is not known tenant=%s store=%s", quota.tenant(), e.store());
        } finally {
            looks.remove(quota.tenant());
        }
    }
}
