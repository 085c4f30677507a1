package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.PresenceChange;
import java.time.Duration;
import java.util.Collection;

/** The history of changes. */
@FunctionalInterface
public interface ChangeArchive {

    /**
     * Writes changes, which may have been written before. Blocking.
     *
     * @throws ai.artcafe.runtime.store.StoreAwayException when the store does not answer
     */
    void write(TenantId tenant, Collection<PresenceChange> changes, Duration life);
}
