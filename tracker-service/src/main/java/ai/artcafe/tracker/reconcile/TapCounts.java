package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * What the taps of all trackers have counted themselves. It says how much of what they were handed
 * they saw, and bills nothing.
 */
public interface TapCounts {

    /**
     * Tells what one tap has counted since its tracker started. Blocking.
     *
     * @throws ai.artcafe.tracker.ledger.LedgerUnavailableException when it may not be kept
     */
    void tell(String tracker, Map<TenantId, Traffic> counted, Instant at);

    /** What all of them have counted. Blocking, and throws as {@link #tell} does. */
    Map<TenantId, Traffic> seen(Collection<TenantId> tenants);
}
