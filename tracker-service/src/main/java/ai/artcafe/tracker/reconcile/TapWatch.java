package ai.artcafe.tracker.reconcile;

import java.time.Instant;
import java.util.Optional;

/** Whether the tap of this tracker hears what is published. */
@FunctionalInterface
public interface TapWatch {

    /** Since when it has been listening to all slots without a break; empty when it is not. */
    Optional<Instant> listeningSince();
}
