package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.TenantId;
import java.util.Optional;

/** Where a ledger that was lost is brought back from. */
public interface LedgerArchive {

    /**
     * All of a tenant's ledger as it was last written, and nothing that is being written meanwhile.
     * Blocking.
     *
     * @return empty when nothing was ever written of the tenant
     * @throws LedgerUnavailableException when it cannot be told
     */
    Optional<LedgerState> load(TenantId tenant);
}
