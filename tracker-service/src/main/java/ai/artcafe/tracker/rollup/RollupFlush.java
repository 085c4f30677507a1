package ai.artcafe.tracker.rollup;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.store.DirtyMarks;
import ai.artcafe.tracker.ledger.store.LedgerReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Carries what changed in the ledger to the store. The marks of what changed go only after it is
 * written, so a crash in between writes it again; several trackers at it write the same.
 *
 * <p>One thread at a time.
 */
public final class RollupFlush {

    private static final Logger LOG = Logger.getLogger(RollupFlush.class);

    private final LedgerReader ledger;
    private final UsageStore store;
    private final RollupConfig config;
    private final Clock clock;

    private volatile Instant lastComplete = Instant.EPOCH;
    private boolean lookedAtAll; // guarded by this

    public RollupFlush(LedgerReader ledger, UsageStore store, RollupConfig config, Clock clock) {
        this.ledger = ledger;
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /**
     * One round over all tenants with changes. The first one looks at every tenant, for what a
     * crash may have kept from being marked.
     *
     * @return the number of items written, or −1 when something is left for the next round
     */
    public synchronized int run() {
        int written = 0;
        try {
            if (!lookedAtAll) {
                ledger.allTenants().forEach(ledger::look);
                lookedAtAll = true;
            }
            for (TenantId tenant : ledger.dirtyTenants()) {
                written += flush(tenant);
            }
            lastComplete = clock.instant();
            return written;
        } catch (UsageStoreException e) {
            LOG.warnf("Rollups not written, will catch up: reason=%s", e.getMessage());
        } catch (LedgerUnavailableException e) {
            LOG.warnf("Ledger not readable, rollups wait: reason=%s", e.getMessage());
        }
        return -1;
    }

    private int flush(TenantId tenant) {
        DirtyMarks marks = ledger.marks(tenant);
        Instant now = clock.instant();
        List<UsageItem> items =
                marks.isEmpty() ? List.of() : UsageItems.of(ledger, config, tenant, marks, now);
        store.write(items, now);
        ledger.written(tenant, marks.revision());
        return items.size();
    }

    /** When all that had changed was last in the store. */
    public Instant lastComplete() {
        return lastComplete;
    }
}
