package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import java.util.Map;

/** Which tenant is in which slot. */
@FunctionalInterface
public interface SlotOwners {

    /**
     * All slots that a tenant is in. Blocking.
     *
     * @throws StoreUnavailableException when it cannot be told
     */
    Map<Slot, TenantId> owners();
}
