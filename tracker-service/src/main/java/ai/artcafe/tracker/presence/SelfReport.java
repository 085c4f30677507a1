package ai.artcafe.tracker.presence;

import ai.artcafe.model.presence.PresenceStatus;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent says of itself in a heartbeat, as far as it is taken in.
 *
 * @param type of a gateway's frame; empty elsewhere
 * @param status how it says it is: never offline, which its connections tell
 * @param metrics finite numbers by name
 */
record SelfReport(
        String type,
        Optional<PresenceStatus> status,
        Optional<String> version,
        Map<String, Double> metrics) {

    static final SelfReport NOTHING =
            new SelfReport("", Optional.empty(), Optional.empty(), Map.of());

    SelfReport {
        metrics = Map.copyOf(metrics);
    }

    boolean hasDetails() {
        return version.isPresent() || !metrics.isEmpty();
    }
}
