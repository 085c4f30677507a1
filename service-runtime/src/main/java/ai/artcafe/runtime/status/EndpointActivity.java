package ai.artcafe.runtime.status;

import ai.artcafe.model.flow.Distribution;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went to an endpoint.
 *
 * @param statuses how often each HTTP status was answered
 * @param millis how long it took until there was an answer
 */
public record EndpointActivity(SortedMap<Integer, Long> statuses, Distribution millis) {

    public static final EndpointActivity NONE =
            new EndpointActivity(Collections.emptySortedMap(), new Distribution());

    public EndpointActivity {
        statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
    }

    public long requests() {
        return count(0, Integer.MAX_VALUE);
    }

    /** Answered with a 4xx: the request's fault. */
    public long refused() {
        return count(400, 500);
    }

    /** Answered with a 5xx: the service's fault. */
    public long failed() {
        return count(500, Integer.MAX_VALUE);
    }

    public EndpointActivity plus(EndpointActivity other) {
        SortedMap<Integer, Long> sums = new TreeMap<>(statuses);
        other.statuses.forEach((status, count) -> sums.merge(status, count, Long::sum));
        return new EndpointActivity(sums, Sketches.sum(millis, other.millis));
    }

    private long count(int from, int to) {
        return statuses.entrySet().stream()
                .filter(each -> each.getKey() >= from && each.getKey() < to)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
