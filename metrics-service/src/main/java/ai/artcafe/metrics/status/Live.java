package ai.artcafe.metrics.status;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.runtime.status.KeptMinutes;
import ai.artcafe.runtime.status.ServiceActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the services have reported lately.
 *
 * @param minutes by their beginning, what each service did
 * @param trackedAgents with a connection
 */
record Live(
        SortedMap<Instant, Map<String, ServiceActivity>> minutes, Optional<Long> trackedAgents) {

    /** A service that has not told of itself for longer is down. */
    private static final Duration SILENT = Duration.ofMinutes(2);

    /** What each service did since. */
    Map<String, ServiceActivity> since(Instant from) {
        return KeptMinutes.inSequence(minutes.tailMap(from).values());
    }

    /** What each service did in a span of time. */
    Map<String, ServiceActivity> between(Instant from, Instant to) {
        return KeptMinutes.inSequence(minutes.subMap(from, to).values());
    }

    /** Sessions of users seen since, of all services. */
    long sessions(Instant from) {
        DistinctItems sessions = new DistinctItems();
        since(from).values().forEach(activity -> sessions.merge(activity.sessions()));
        return Math.round(sessions.estimate());
    }

    /** Whether the services tell of themselves. */
    boolean isFresh(Instant now) {
        return !minutes.tailMap(now.minus(SILENT)).isEmpty();
    }

    /** How a service fared in the last minute in which it looked. */
    Health health(String service, Instant now) {
        return minutes.tailMap(now.minus(SILENT.plusMinutes(1))).values().stream()
                .flatMap(minute -> Optional.ofNullable(minute.get(service)).stream())
                .filter(activity -> activity.looks() > 0)
                .reduce((_, later) -> later)
                .map(activity -> activity.upMinutes() > 0 ? Health.UP : Health.DEGRADED)
                .orElse(Health.DOWN);
    }
}
