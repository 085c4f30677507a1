package ai.artcafe.tracker.recovery;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.ledger.LedgerExport;
import ai.artcafe.tracker.ledger.LedgerState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A tracker so slow that Redis is lost and brought back between its cut and its first write. */
final class LosesRedisAfterCut implements LedgerExport {

    private final LedgerExport ledger;
    private final Runnable loss;
    private final AtomicBoolean lost = new AtomicBoolean();

    LosesRedisAfterCut(LedgerExport ledger, Runnable loss) {
        this.ledger = ledger;
        this.loss = loss;
    }

    @Override
    public List<TenantId> dirtyTenants() {
        return ledger.dirtyTenants();
    }

    @Override
    public Optional<LedgerState> cut(TenantId tenant) {
        Optional<LedgerState> cut = ledger.cut(tenant);
        if (!lost.getAndSet(true)) {
            loss.run();
        }
        return cut;
    }

    @Override
    public void written(TenantId tenant, long revision) {
        ledger.written(tenant, revision);
    }

    @Override
    public void restore(TenantId tenant) {
        ledger.restore(tenant);
    }
}
