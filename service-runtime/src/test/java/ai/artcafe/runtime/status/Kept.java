package ai.artcafe.runtime.status;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Keeps reports as Redis does, and adds them up as a tracker does. */
final class Kept {

    private final Map<Instant, Map<String, ServiceActivity>> minutes = new TreeMap<>();

    void keep(MinuteReport report) {
        report.activity()
                .ifPresent(activity ->
                        minutes.computeIfAbsent(report.minute(), _ -> new TreeMap<>())
                                .merge(
                                        report.instance(),
                                        activity,
                                        (old, now) -> old.progress() < now.progress() ? now : old));
    }

    Map<Instant, Map<String, ServiceActivity>> minutes() {
        return minutes;
    }

    ServiceActivity total() {
        return minutes.values().stream()
                .map(instances ->
                        instances.values().stream()
                                .reduce(ServiceActivity::alongside)
                                .orElseThrow())
                .reduce(ServiceActivity.NONE, ServiceActivity::then);
    }
}
