package ai.artcafe.tracker.flow;

import java.time.Instant;
import java.util.Optional;

/**
 * The times in which taps listened. Blocking; methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when the store does not answer.
 */
public interface TapTimes {

    /** Up to when they are known to have listened; empty when they never did. */
    Optional<Instant> through();

    /** They have listened up to then: since the same moment, if they never did before. */
    void listened(Instant through);

    /** Nobody listened between the two. */
    void outage(Instant from, Instant to);
}
