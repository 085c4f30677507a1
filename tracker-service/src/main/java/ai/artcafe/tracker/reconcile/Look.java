package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One look at a tenant. The ledger was asked, then the servers, and then the ledger again when it
 * had taken in all that the servers had counted by then.
 *
 * @param at when the servers were asked
 * @param slot the tenant's account
 * @param before by NATS server id, what the servers said, with what the ledger said before
 * @param after the same, with what the ledger said afterwards
 * @param isSentLocal whether what the servers say they sent is only what they handed to clients of
 *     their own; otherwise it is no witness
 * @param tapSince since when the tap has been listening, empty when it is not
 * @param seen what the taps have counted themselves
 * @param lastLoss when connections last ended whose counters nobody has in full
 */
record Look(
        Instant at,
        Slot slot,
        Map<String, Testimony> before,
        Map<String, Testimony> after,
        boolean isSentLocal,
        Optional<Instant> tapSince,
        Traffic seen,
        Instant lastLoss) {

    Look {
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
