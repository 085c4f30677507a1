package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Which tenant is in which slot, as it was told some seconds ago at most. Thread-safe. */
public final class SlotMap implements SlotOwners {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final SlotOwners source;
    private final Clock clock;
    // guarded by this
    private Map<Slot, TenantId> owners = Map.of();
    private Instant readAt = Instant.EPOCH;

    public SlotMap(SlotOwners source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public synchronized Map<Slot, TenantId> owners() {
        Instant now = clock.instant();
        if (readAt.isAfter(now) || !readAt.plus(FRESH).isAfter(now)) {
            owners = Map.copyOf(source.owners());
            readAt = now;
        }
        return owners;
    }
}
