package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Sums;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What servers said of slots while no tenant was in them: where the first window of a tenant
 * begins, so that what it does in its first seconds is compared as well.
 */
final class FreeSlots {

    private record Seen(
            Instant at,
            String tap,
            Map<String, String> sessions,
            Map<String, Testimony> servers,
            boolean isQuiet) {}

    private Map<Slot, Seen> slots = Map.of();

    /** Replaces what was known; a slot is quiet when nothing has changed since the last time. */
    void seen(
            Instant at,
            Hearing hearing,
            Map<String, String> sessions,
            Map<Slot, Map<String, Testimony>> said) {
        Map<Slot, Seen> now = new HashMap<>(said.size());
        said.forEach((slot, servers) -> {
            Seen before = slots.get(slot);
            boolean isQuiet = before != null && before.servers.equals(servers);
            now.put(slot, new Seen(at, hearing.of(slot), sessions, servers, isQuiet));
        });
        slots.forEach((slot, before) -> now.putIfAbsent(slot, before));
        slots = now;
    }

    /** The beginning of the first window of a tenant that has moved in since. */
    Optional<Base> before(Look look, Sums sums) {
        Seen seen = slots.get(look.slot());
        if (seen == null || !seen.isQuiet || !sums.base().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Base(
                        seen.at,
                        look.slot(),
                        seen.tap,
                        Traffic.NONE,
                        seen.sessions,
                        seen.servers,
                        Map.of(),
                        Map.of()));
    }
}
