package ai.artcafe.tracker.recovery;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.ledger.LedgerExport;
import ai.artcafe.tracker.ledger.LedgerState;
import java.util.List;
import java.util.Optional;

/** A tracker that is killed when everything is written, and its marks are not cleared yet. */
record DiesBeforeClearing(LedgerExport ledger) implements LedgerExport {

    @Override
    public List<TenantId> dirtyTenants() {
        return ledger.dirtyTenants();
    }

    @Override
    public Optional<LedgerState> cut(TenantId tenant) {
        return ledger.cut(tenant);
    }

    @Override
    public void written(TenantId tenant, long revision) {
        throw new IllegalStateException("killed");
    }

    @Override
    public void restore(TenantId tenant) {
        ledger.restore(tenant);
    }
}
