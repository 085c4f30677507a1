package ai.artcafe.tracker.presence;

import ai.artcafe.runtime.store.Tenants;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.reconcile.SlotOwners;
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
            SlotOwners slots,
            Lease lease,
            Tenants tenants,
            PresenceConfig config,
            Clock clock) {
        return new Presence(
                store,
                archive,
                new SlotMap(slots, clock),
                lease,
                new Retention(tenants, clock),
                config,
                clock);
    }
}
