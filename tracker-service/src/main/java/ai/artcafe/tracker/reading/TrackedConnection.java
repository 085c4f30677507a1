package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Counters;
import java.time.Instant;
import java.util.Optional;

/** A NATS connection and its latest reading. Guarded by its {@link ConnectionTable}. */
final class TrackedConnection {

    final String serverId;
    final long cid;
    final Instant openedAt;

    Identity identity = Identity.UNKNOWN;
    Counters counters = Counters.ZERO;
    Instant at;
    boolean closed;

    /** Its account, once known and if it is a slot. */
    Optional<Slot> slot = Optional.empty();

    /** Why its server ended it; empty when it did not. */
    String endedBecause = "";

    /** Whether the server no longer listed it as open, without having told its end. */
    boolean missing;

    /** The number of the latest list of open connections that it was in. */
    long listed;

    TrackedConnection(String serverId, long cid, Instant openedAt, Instant at) {
        this.serverId = serverId;
        this.cid = cid;
        this.openedAt = openedAt;
        this.at = at;
    }

    /** Takes in a reading, whatever the order they come in; whether anything is new. */
    boolean take(Counters seen, boolean last, Instant seenAt) {
        Counters merged = counters.equals(seen) ? counters : counters.max(seen);
        boolean isNew = !merged.equals(counters) || last && !closed;
        counters = merged;
        closed |= last;
        if (seenAt.isAfter(at)) {
            at = seenAt;
        }
        return isNew;
    }

    /** What it is suspected of, by what is known of it now. */
    Optional<Suspect> suspect() {
        return endedBecause.isEmpty()
                ? Optional.empty()
                : Optional.of(new Suspect(serverId, cid, slot, identity.owner(), endedBecause, at));
    }

    /** Whether it has carried something and it is not known for whom. */
    boolean isUnattributed() {
        return identity instanceof Identity.Unknown && !counters.equals(Counters.ZERO);
    }
}
