package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.TenantId;
import java.util.Optional;

/** Has nothing: every tenant begins anew. */
public final class NoArchive implements LedgerArchive {

    @Override
    public Optional<LedgerState> load(TenantId tenant) {
        return Optional.empty();
    }
}
