package ai.artcafe.tracker.recovery;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.Fanout;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.LedgerExport;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.rollup.RollupConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Sees to it that Redis holds the ledger of all tenants: at the start, and again when it was
 * emptied. A tenant with something to apply is brought back by the ledger itself, before that is
 * applied; here those follow that are silent, and the times up to which sources had been read, so
 * that one that died meanwhile holds back what the ledger is complete through.
 *
 * <p>One thread at a time; whether it is complete may be asked by any. Any number of trackers may
 * do it at once.
 */
@Singleton
public final class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);

    private final Ledger ledger;
    private final LedgerExport export;
    private final KnownTenants tenants;
    private final SourceArchive sources;
    private final RecoveryMark mark;
    private final RollupConfig config;
    private final Clock clock;

    private volatile boolean complete;
    private volatile Instant lastRecovery = Instant.EPOCH;
    private boolean failing; // guarded by this

    @Inject
    public Recovery(
            Ledger ledger,
            LedgerExport export,
            KnownTenants tenants,
            SourceArchive sources,
            RecoveryMark mark,
            RollupConfig config,
            Clock clock) {
        this.ledger = ledger;
        this.export = export;
        this.tenants = tenants;
        this.sources = sources;
        this.mark = mark;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Brings back what is missing, if anything is.
     *
     * @return whether nothing is missing now
     */
    public synchronized boolean run() {
        try {
            if (!mark.isSet()) {
                complete = false;
                recover();
            }
            complete = true;
            failing = false;
        } catch (LedgerUnavailableException e) {
            complete = false;
            if (!failing) {
                LOG.errorf(
                        "Ledger not brought back yet, nothing is applied meanwhile: reason=%s",
                        e.getMessage());
            }
            failing = true;
        }
        return complete;
    }

    private void recover() {
        long begun = System.nanoTime();
        Map<ReadingSource, Instant> through = sources.load();
        mark.putBack(through);
        List<TenantId> all = tenants.all();
        Fanout.each(all, config.tenantsAtOnce(), export::restore);
        mark.set();
        lastRecovery = clock.instant();
        LOG.infof(
                "Ledger is back: tenants=%d sources=%d duration_ms=%d",
                all.size(), through.size(), Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    /**
     * Keeps the times up to which sources have been read; not those of a Redis that has lost some.
     *
     * @return whether they were kept
     */
    public synchronized boolean keepSources() {
        try {
            Map<String, Instant> through = ledger.sources();
            // asked afterwards: what was read before the mark went may lack some
            if (through.isEmpty() || !mark.isSet()) {
                return false;
            }
            sources.save(through, clock.instant());
            return true;
        } catch (LedgerUnavailableException e) {
            LOG.warnf("Sources not kept, will retry: reason=%s", e.getMessage());
            return false;
        }
    }

    /** Whether Redis held all tenants when that was last looked at. */
    public boolean isComplete() {
        return complete;
    }

    /** When this tracker last brought the ledger back; the epoch when it never did. */
    public Instant lastRecovery() {
        return lastRecovery;
    }
}
