package ai.artcafe.tracker.anomaly;

import java.util.List;
import java.util.Optional;

/**
 * What the detectors say of a minute.
 *
 * @param agent who contributed most to what is out of the ordinary
 * @param subject the same
 */
record Judgement(
        Minute minute,
        List<Deviation> deviations,
        Optional<String> agent,
        Optional<String> subject) {

    Judgement {
        deviations = List.copyOf(deviations);
    }
}
