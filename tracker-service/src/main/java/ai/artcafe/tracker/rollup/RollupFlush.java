package ai.artcafe.tracker.rollup;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.Fanout;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.ledger.LedgerExport;
import ai.artcafe.tracker.ledger.LedgerState;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Carries what changed in the ledger to the store, tenant by tenant: a cut of one moment, the
 * journal of it, its items, and only then the marks of what changed go. A crash anywhere leaves the
 * store complete up to some cut, or a journal that makes it so. Several trackers at it do no harm;
 * the lease keeps them from doing it twice.
 *
 * <p>One thread at a time.
 */
@Singleton
public final class RollupFlush {

    private static final Logger LOG = Logger.getLogger(RollupFlush.class);

    /** How often a tenant is begun anew in a round because another tracker wrote it meanwhile. */
    private static final int TRIES = 3;

    private final LedgerExport ledger;
    private final UsageJournal journal;
    private final UsageStore store;
    private final UsageItems usage;
    private final Lease lease;
    private final RollupConfig config;
    private final Clock clock;

    /** The number of the last journal of each tenant, where this tracker wrote all of it. */
    private final Map<TenantId, Long> numbers = new ConcurrentHashMap<>();

    private volatile Instant lastComplete = Instant.EPOCH;
    private final LongAdder items = new LongAdder();
    private final LongAdder conflicts = new LongAdder();

    @Inject
    public RollupFlush(
            LedgerExport ledger,
            UsageJournal journal,
            UsageStore store,
            UsageItems usage,
            Lease lease,
            RollupConfig config,
            Clock clock) {
        this.ledger = ledger;
        this.journal = journal;
        this.store = store;
        this.usage = usage;
        this.lease = lease;
        this.config = config;
        this.clock = clock;
    }

    /**
     * One round over all tenants with changes, if no other tracker is at it.
     *
     * @return the number of items written, or −1 when something is left for the next round
     */
    public synchronized int run() {
        if (!lease.holds()) {
            lastComplete = Instant.EPOCH;
            return 0;
        }
        Round round = new Round();
        try {
            Fanout.each(ledger.dirtyTenants(), config.tenantsAtOnce(), round::flush);
        } catch (LedgerUnavailableException e) {
            LOG.warnf("Ledger not readable, rollups wait: reason=%s", e.getMessage());
            return -1;
        }
        if (round.left.get()) {
            return -1;
        }
        lastComplete = clock.instant();
        return round.written.intValue();
    }

    /**
     * Ends at the first sign that a store is away; what is wrong with one tenant stops no other.
     */
    private final class Round {

        private final AtomicBoolean left = new AtomicBoolean();
        private final AtomicBoolean over = new AtomicBoolean();
        private final LongAdder written = new LongAdder();

        void flush(TenantId tenant) {
            if (over.get()) {
                return;
            }
            try {
                OptionalInt items = RollupFlush.this.flush(tenant);
                items.ifPresentOrElse(written::add, () -> left.set(true));
            } catch (UsageStoreException | LedgerUnavailableException e) {
                left.set(true);
                if (!over.getAndSet(true)) {
                    LOG.warnf(
                            "Rollups not written, will catch up: tenant=%s reason=%s",
                            tenant, e.getMessage());
                }
            } catch (RuntimeException e) {
                left.set(true);
                LOG.errorf(e, "Rollups of a tenant not written, will retry: tenant=%s", tenant);
            }
        }
    }

    /** How many items were written; empty when another tracker kept writing the tenant. */
    private OptionalInt flush(TenantId tenant) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            // until all of this is written, what the store holds of the tenant is not known
            Long known = numbers.remove(tenant);
            long number = known == null ? journal.complete(tenant) : known;
            Optional<LedgerState> cut = ledger.cut(tenant);
            if (cut.isEmpty()) {
                ledger.written(tenant, 0);
                numbers.put(tenant, number);
                return OptionalInt.of(0);
            }
            LedgerState state = cut.get();
            long next = number + 1;
            Instant now = clock.instant();
            List<UsageItem> changed = usage.of(state, next, now);
            if (journal.begin(tenant, next, changed, now)) {
                store.write(changed, now);
                ledger.written(tenant, state.revision());
                numbers.put(tenant, next);
                items.add(changed.size());
                return OptionalInt.of(changed.size());
            }
            conflicts.increment();
        }
        LOG.infof("Another tracker is writing: tenant=%s", tenant);
        return OptionalInt.empty();
    }

    /**
     * When all that had changed was last in the store; the epoch while another tracker sees to it.
     */
    public Instant lastComplete() {
        return lastComplete;
    }

    /** Items written since the start. */
    public long items() {
        return items.sum();
    }

    /** How often another tracker had written the same tenant meanwhile. */
    public long conflicts() {
        return conflicts.sum();
    }
}
