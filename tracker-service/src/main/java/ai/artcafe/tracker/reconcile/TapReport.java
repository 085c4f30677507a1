package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Tells what this tracker's tap has counted of each tenant, and whether it has been listening. */
public final class TapReport implements TapWatch {

    private static final Logger LOG = Logger.getLogger(TapReport.class);

    private final Supplier<Hearing> hearing;
    private final Function<Slot, Traffic> counted;
    private final SlotOwners owners;
    private final TapCounts counts;
    private final Clock clock;
    private final String tracker = UUID.randomUUID().toString();
    private final Map<TenantId, Traffic> told = new HashMap<>(); // guarded by this
    private final Map<Slot, Stay> stays = new HashMap<>(); // guarded by this

    /**
     * Who is in a slot.
     *
     * @param tenant nobody when absent: the one that was there is deleted
     * @param before what the tap had counted of the slot by then: of others
     */
    private record Stay(Optional<TenantId> tenant, Traffic before) {}

    private static final Stay NOBODY = new Stay(Optional.empty(), Traffic.NONE);

    /**
     * @param hearing the tap's
     * @param counted what the tap has counted of a slot since it began
     */
    public TapReport(
            Supplier<Hearing> hearing,
            Function<Slot, Traffic> counted,
            SlotOwners owners,
            TapCounts counts,
            Clock clock) {
        this.hearing = hearing;
        this.counted = counted;
        this.owners = owners;
        this.counts = counts;
        this.clock = clock;
    }

    /** By what name this tracker tells what it has counted. */
    public String tracker() {
        return tracker;
    }

    @Override
    public Optional<String> session() {
        return Optional.of(hearing.get().session()).filter(session -> !session.isEmpty());
    }

    @Override
    public Hearing hearing() {
        return hearing.get();
    }

    /** The same, but leaves it to the next time when the store is away. */
    public void tryToTell() {
        try {
            tell();
        } catch (LedgerUnavailableException e) {
            LOG.debugf("The tap's counts wait: reason=%s", e.getMessage());
        }
    }

    /** What is counted of a slot after its tenant has left it is the next one's. */
    private void move(Map<Slot, TenantId> owned) {
        stays.replaceAll((slot, stay) -> {
            Optional<TenantId> present = Optional.ofNullable(owned.get(slot));
            return stay.tenant().isEmpty() || stay.tenant().equals(present)
                    ? stay
                    : new Stay(Optional.empty(), counted.apply(slot));
        });
        owned.forEach((slot, tenant) ->
                stays.merge(
                        slot,
                        new Stay(Optional.of(tenant), Traffic.NONE),
                        (stay, moved) -> new Stay(moved.tenant(), stay.before())));
    }

    @Override
    public synchronized void tell() {
        Map<TenantId, Traffic> news = new HashMap<>();
        try {
            Map<Slot, TenantId> owned = owners.owners();
            move(owned);
            owned.forEach((slot, tenant) -> {
                Traffic before = stays.getOrDefault(slot, NOBODY).before();
                Traffic now = counted.apply(slot).minus(before);
                if (!now.equals(told.getOrDefault(tenant, Traffic.NONE))) {
                    news.put(tenant, now);
                }
            });
        } catch (StoreUnavailableException e) {
            LOG.debugf("Slots not known, the tap's counts wait: reason=%s", e.getMessage());
            return;
        }
        if (!news.isEmpty()) {
            counts.tell(tracker, news, clock.instant());
            told.putAll(news);
        }
    }
}
