package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;

/**
 * One look at a tenant. The ledger was asked, then the servers; a moment later the servers again,
 * and the ledger when it had taken in all that they had counted by then.
 *
 * @param at when the servers were first asked
 * @param slot the tenant's account
 * @param sessions by NATS server id, the session in which what it sent is comparable
 * @param listeningSince since when this tracker has heard all that the servers tell of themselves
 * @param before by NATS server id, what the servers said first, with what the ledger said before
 * @param after what they said a moment later, with what the ledger said afterwards
 * @param isSentLocal whether what the servers say they sent is only what they handed to clients of
 *     their own; otherwise it is no witness
 * @param tap the session of the tap that is listening to the slot, empty when none is
 * @param seenBefore what the taps had counted themselves before the servers were asked
 * @param seenAfter the same afterwards
 * @param lastLoss when connections last ended whose counters nobody has in full
 */
record Look(
        Instant at,
        Slot slot,
        Map<String, String> sessions,
        Instant listeningSince,
        Map<String, Testimony> before,
        Map<String, Testimony> after,
        boolean isSentLocal,
        String tap,
        Traffic seenBefore,
        Traffic seenAfter,
        Instant lastLoss) {

    Look {
        sessions = Map.copyOf(sessions);
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }

    /**
     * Whether nothing moved while the servers were asked, so that all the witnesses speak of the
     * same moment.
     */
    boolean isSettled() {
        return before.equals(after);
    }
}
