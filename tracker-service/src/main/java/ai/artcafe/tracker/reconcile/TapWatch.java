package ai.artcafe.tracker.reconcile;

import java.util.Map;
import java.util.Optional;

/** Whether the tap of this tracker hears what is published. */
public interface TapWatch {

    /**
     * As long as this stays the same, the servers have had someone to hand every message to. Empty
     * while that is not certain.
     */
    Optional<String> session();

    /** The same by slot: one may be left out. */
    default Hearing hearing() {
        return new Hearing(session().orElse(""), Map.of());
    }

    /** Tells {@link TapCounts} what it has counted. Blocking, and throws as that does. */
    void tell();
}
