package ai.artcafe.gateway.quota;

import ai.artcafe.gateway.limit.MessageRates;
import ai.artcafe.gateway.quota.store.BookedToday;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks at the tenants' days once a period: reads what is booked, tells the levels that are
 * reached, and every few periods reads what the tenants may.
 */
@ApplicationScoped
class QuotaWatch {

    private static final Logger LOG = Logger.getLogger(QuotaWatch.class);

    private static final Duration ENDING = Duration.ofSeconds(3);

    private final QuotaConfig config;
    private final Quotas quotas;
    private final BookedToday ledger;
    private final Tenants tenants;
    private final MessageRates rates;
    private final Event<QuotaLevelReached> reached;
    private final Event<ConnectionsChanged> connectionsChanged;
    private final GatewayMeters meters;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;

    /** Of the watcher's thread only. */
    private final Map<TenantId, Instant> limitsRead = new HashMap<>();

    /** Of an agent, as it was last read; of the watcher's thread only. */
    private final Map<TenantId, Long> connections = new HashMap<>();

    private boolean away;

    QuotaWatch(
            QuotaConfig config,
            Quotas quotas,
            BookedToday ledger,
            Tenants tenants,
            MessageRates rates,
            Event<QuotaLevelReached> reached,
            Event<ConnectionsChanged> connectionsChanged,
            GatewayMeters meters,
            Clock clock) {
        this.config = config;
        this.quotas = quotas;
        this.ledger = ledger;
        this.tenants = tenants;
        this.rates = rates;
        this.reached = reached;
        this.connectionsChanged = connectionsChanged;
        this.meters = meters;
        this.clock = clock;
        this.watcher = Thread.ofVirtual().name("quotas").unstarted(this::watch);
    }

    void start(@Observes StartupEvent event) {
        watcher.start();
    }

    void stop(@Observes ShutdownEvent event) {
        closing.countDown();
        try {
            if (!watcher.join(ENDING)) {
                LOG.warnf("quotas are still being looked at at shutdown");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!closing.await(config.every().toMillis(), TimeUnit.MILLISECONDS)) {
                runRound();
            }
        } catch (InterruptedException _) {
            LOG.debugf("looking at quotas was interrupted");
        }
    }

    /** A fault of one round must not end all others. */
    private void runRound() {
        try {
            List<TenantQuota> all = quotas.all();
            readLimits(all);
            readDays(all);
            all.forEach(this::tellLevels);
        } catch (RuntimeException e) {
            LOG.errorf(e, "quotas could not be looked at");
        }
    }

    private void readLimits(List<TenantQuota> all) {
        Set<TenantId> present = all.stream().map(TenantQuota::tenant).collect(Collectors.toSet());
        limitsRead.keySet().retainAll(present);
        connections.keySet().retainAll(present);
        Instant now = clock.instant();
        for (TenantQuota quota : all) {
            Instant last = limitsRead.get(quota.tenant());
            if (last == null || !last.plus(config.limitsEvery()).isAfter(now)) {
                limitsRead.put(quota.tenant(), now);
                readLimits(quota);
            }
        }
    }

    private void readLimits(TenantQuota quota) {
        try {
            tenants.find(quota.tenant()).ifPresent(record -> allow(quota, record));
        } catch (StoreAwayException e) {
            LOG.debugf("limits stay as they were tenant=%s store=%s", quota.tenant(), e.store());
        }
    }

    private void allow(TenantQuota quota, TenantRecord record) {
        rates.change(quota.tenant(), record.limits());
        quota.allow(TenantQuota.Allowance.of(record), clock.instant());
        Long before = connections.put(quota.tenant(), record.limits().connectionsPerAgent());
        if (before == null || before != record.limits().connectionsPerAgent()) {
            connectionsChanged.fire(new ConnectionsChanged(quota.tenant()));
        }
    }

    private void readDays(List<TenantQuota> all) {
        if (all.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Map<TenantId, Long> marks = new HashMap<>();
        all.forEach(quota -> marks.put(quota.tenant(), quota.mark()));
        try {
            BookedToday.Figures figures = ledger.read(marks.keySet(), now);
            for (TenantQuota quota : all) {
                quota.read(
                        figures.messages().getOrDefault(quota.tenant(), 0L),
                        figures.asOf(),
                        marks.getOrDefault(quota.tenant(), 0L),
                        now);
            }
            note(false, "");
        } catch (StoreAwayException e) {
            all.forEach(quota -> quota.unread(now));
            note(true, e.store());
        }
    }

    private void note(boolean isAway, String store) {
        meters.quotasRead(!isAway);
        if (isAway != away) {
            away = isAway;
            if (isAway) {
                LOG.warnf("quotas go on with what was known store=%s", store);
            } else {
                LOG.infof("quotas are up to date again");
            }
        }
    }

    private void tellLevels(TenantQuota quota) {
        Instant now = clock.instant();
        DayUsage usage = quota.usage(now);
        for (int percent : quota.newlyReached(usage)) {
            meters.quotaReached(percent);
            quota.tell(percent, usage);
            reached.fire(
                    new QuotaLevelReached(
                            quota.tenant(),
                            percent,
                            usage.messages().orElseThrow(),
                            usage.limit(),
                            usage.resetsAt()));
        }
    }
}
