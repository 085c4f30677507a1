package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Tells silence from not knowing. Blocking; throws {@link
 * ai.artcafe.tracker.reconcile.StoreUnavailableException} when it cannot be told.
 */
public interface ToldMinutes {

    /**
     * Of the tenants that nothing was told of, those that were silent in the minute that begins
     * then: a tap was there to hear, no share of the minute waits to be rolled up, and the ledger
     * has booked nothing for it.
     */
    Set<TenantId> silent(Collection<TenantId> tenants, Instant minute);
}
