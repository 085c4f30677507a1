package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which tenant is in which slot, as it was told some seconds ago at most; half a second while
 * someone misses one. Thread-safe.
 */
@Singleton
@Typed(SlotMap.class)
public final class SlotMap implements SlotOwners {

    private static final Logger LOG = Logger.getLogger(SlotMap.class);

    private static final Duration FRESH = Duration.ofSeconds(4);
    private static final Duration HURRY = Duration.ofMillis(500);

    private final SlotOwners source;
    private final Clock clock;
    private volatile Map<Slot, Tenancy> known = Map.of();
    private volatile Set<Slot> leftOut = Set.of();
    private volatile boolean isMissed;
    private Instant readAt = Instant.EPOCH; // guarded by this

    @Inject
    public SlotMap(SlotOwners source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Map<Slot, TenantId> owners() {
        Map<Slot, TenantId> owners = new HashMap<>();
        tenancies().forEach((slot, tenancy) -> owners.put(slot, tenancy.tenant()));
        return owners;
    }

    @Override
    public synchronized Map<Slot, Tenancy> tenancies() {
        if (isOlderThan(FRESH)) {
            read();
        }
        return known;
    }

    private boolean isOlderThan(Duration age) {
        Instant now = clock.instant();
        return readAt.isAfter(now) || !readAt.plus(age).isAfter(now);
    }

    private void read() {
        isMissed = false;
        known = Map.copyOf(source.tenancies());
        leftOut =
                known.entrySet().stream()
                        .filter(tenancy -> tenancy.getValue().tap().isOff())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
        readAt = clock.instant();
    }

    /**
     * Reads it anew when it is old, or someone misses a slot; leaves it as it was when it cannot be
     * told. Blocking; to be called a few times a second.
     */
    public synchronized void refresh() {
        if (isOlderThan(FRESH) || isMissed && isOlderThan(HURRY)) {
            try {
                read();
            } catch (StoreUnavailableException e) {
                readAt = clock.instant();
                LOG.debugf("Slots not read, going by the last known: reason=%s", e.getMessage());
            }
        }
    }

    /** Who is in the slot by what was last told. Does not block. */
    public Optional<Tenancy> known(Slot slot) {
        return Optional.ofNullable(known.get(slot));
    }

    /** Of how many messages in the slot one is to be looked at, at most. Does not block. */
    public int sample(Slot slot) {
        Tenancy tenancy = known.get(slot);
        return tenancy == null ? 1 : tenancy.tap().sample();
    }

    /** The slots whose tenants are not to be tapped. Does not block. */
    public Set<Slot> leftOut() {
        return leftOut;
    }

    /** How many slots are looked at so. Does not block. */
    public long count(TapMode.Kind mode) {
        return known.values().stream().filter(tenancy -> tenancy.tap().kind() == mode).count();
    }

    /** All that was last told. Does not block. */
    public Map<Slot, Tenancy> known() {
        return known;
    }

    /** A slot has traffic, and nobody is known to be in it. Does not block. */
    public void missed() {
        isMissed = true;
    }
}
