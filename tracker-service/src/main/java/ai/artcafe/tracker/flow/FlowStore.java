package ai.artcafe.tracker.flow;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Where trackers put what their taps saw, each its own share. Blocking. */
public interface FlowStore {

    /**
     * Puts this tracker's shares in the place of what it put there before.
     *
     * @return the tenants whose shares may not have been put
     */
    Set<TenantId> write(String tracker, Collection<FlowShare> shares);

    /**
     * All that the tracker's tap saw by then has been written.
     *
     * @throws FlowStoreException when that cannot be kept
     */
    void told(String tracker, Instant through);

    /**
     * The tracker's tap is no longer there.
     *
     * @throws FlowStoreException when that cannot be kept
     */
    void leave(String tracker);
}
