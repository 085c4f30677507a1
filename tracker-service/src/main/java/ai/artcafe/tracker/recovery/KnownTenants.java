package ai.artcafe.tracker.recovery;

import ai.artcafe.model.identity.TenantId;
import java.util.List;

/** Which tenants there are. */
public interface KnownTenants {

    /**
     * All of them. Blocking.
     *
     * @throws ai.artcafe.tracker.ledger.LedgerUnavailableException when it cannot be told
     */
    List<TenantId> all();
}
