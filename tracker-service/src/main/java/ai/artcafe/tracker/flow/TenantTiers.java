package ai.artcafe.tracker.flow;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import java.util.Optional;

/** What tenants have bought. */
@FunctionalInterface
public interface TenantTiers {

    /**
     * Empty when there is no such tenant. Blocking.
     *
     * @throws ai.artcafe.runtime.store.StoreAwayException when it cannot be told
     */
    Optional<Tier> tier(TenantId tenant);
}
