package ai.artcafe.tracker.presence;

import ai.artcafe.runtime.store.Tenants;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.tap.ControlListener;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the presence of this process together. */
class PresenceBeans {

    @Produces
    @Singleton
    Presence presence(
            PresenceStore store,
            ChangeArchive archive,
            SlotMap slots,
            Lease lease,
            Tenants tenants,
            PresenceConfig config,
            Clock clock) {
        return new Presence(
                store, archive, slots, lease, new Retention(tenants, clock), config, clock);
    }

    /** What the tap tells of control messages. */
    @Produces
    @Singleton
    @Unremovable
    ControlListener listener(Presence presence) {
        return presence.listener();
    }
}
