package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import java.util.HashMap;
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

    /** The same, with how closely each is looked at. */
    default Map<Slot, Tenancy> tenancies() {
        Map<Slot, Tenancy> tenancies = new HashMap<>();
        owners().forEach((slot, tenant) -> tenancies.put(slot, new Tenancy(tenant, TapMode.FULL)));
        return tenancies;
    }
}
