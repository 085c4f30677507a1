package ai.artcafe.gateway.tenant.registry;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.runtime.store.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which slots a new tenant may have: those that were nobody's yet, and those that have rested. */
final class SlotPool {

    private final int slots;

    SlotPool(int slots) {
        this.slots = slots;
    }

    /**
     * A slot that somebody is in, or has been.
     *
     * @param freeFrom from when on another may have it; never while its tenant is there
     */
    record Taken(Slot slot, Optional<Instant> freeFrom) {

        /** Empty for an item that is of no slot. */
        static Optional<Taken> read(Item item) {
            return item.text("sk")
                    .flatMap(Slot::parse)
                    .map(slot ->
                            new Taken(
                                    slot,
                                    Optional.of(item.number(TenantKeys.FREE_FROM))
                                            .filter(second -> second > 0)
                                            .map(Instant::ofEpochSecond)));
        }
    }

    /**
     * The slot of a tenant that is deleted now.
     *
     * @param keptUntil until when what comes of it is still the tenant's
     * @param freeFrom from when on another may have it: when all trackers know that it is nobody's
     */
    record Rest(Instant keptUntil, Instant freeFrom) {

        static Rest from(Instant now, Duration rest) {
            return new Rest(now.plus(rest.multipliedBy(3).dividedBy(4)), now.plus(rest));
        }
    }

    /** The best first: those that nobody has been in, then those that have rested the longest. */
    List<Slot> free(List<Taken> taken, Instant now) {
        Map<Slot, Optional<Instant>> known = new HashMap<>();
        taken.forEach(one -> known.put(one.slot(), one.freeFrom()));
        return IntStream.rangeClosed(1, slots)
                .mapToObj(Slot::number)
                .filter(slot ->
                        !known.containsKey(slot)
                                || known.get(slot).filter(from -> !from.isAfter(now)).isPresent())
                .sorted(
                        Comparator.comparing(slot ->
                                known.getOrDefault(slot, Optional.empty()).orElse(Instant.MIN)))
                .toList();
    }
}
