package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.WarmUp;
import java.util.Optional;

/** Looks for one kind of thing in one tenant's minutes. Not thread-safe. */
interface Detector {

    /**
     * Judges a minute by those before it, and learns it. Minutes come in the order of time, none
     * twice; some may be missing.
     */
    Optional<Deviation> judge(Minute minute);

    WarmUp warmUp();
}
