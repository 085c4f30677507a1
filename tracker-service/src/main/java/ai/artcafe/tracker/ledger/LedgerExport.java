package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * What of the ledger has to be written to where it can be brought back from.
 *
 * <p>Blocking; every method throws {@link LedgerUnavailableException} when the store does not
 * answer.
 */
public interface LedgerExport {

    /** The tenants that may have something to be written. */
    List<TenantId> dirtyTenants();

    /**
     * All that changed of a tenant since it was last {@link #written}, as of one moment; empty when
     * nothing did.
     */
    Optional<LedgerState> cut(TenantId tenant);

    /**
     * All that was marked up to the revision is written. What changed since has a higher one and
     * stays.
     */
    void written(TenantId tenant, long revision);

    /** Brings a tenant back from the archive, unless it is there. */
    void restore(TenantId tenant);
}
