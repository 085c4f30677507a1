package ai.artcafe.runtime.status;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.Distribution;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers of an hour or a day of the platform.
 *
 * @param firstMinute the first one in it that any service told of
 * @param sessions how many there were, about
 * @param networks how many clients' networks there were, about
 * @param requests of all services
 * @param agentRequests of all tenants
 * @param services by name
 */
public record SpanSummary(
        Instant firstMinute,
        double sessions,
        double networks,
        EndpointActivity requests,
        RequestActivity agentRequests,
        SortedMap<String, ServiceNumbers> services) {

    public SpanSummary {
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    }

    /**
     * @param upMinutes in which an instance was well all the time
     * @param instances at most at the same time
     */
    public record ServiceNumbers(
            int upMinutes,
            int instances,
            long requests,
            long refused,
            long failed,
            Distribution millis) {

        static ServiceNumbers of(ServiceActivity activity) {
            EndpointActivity total = activity.total();
            return new ServiceNumbers(
                    activity.upMinutes(),
                    activity.instances(),
                    total.requests(),
                    total.refused(),
                    total.failed(),
                    total.millis());
        }
    }

    public static SpanSummary of(Instant firstMinute, Map<String, ServiceActivity> services) {
        DistinctItems sessions = new DistinctItems();
        DistinctItems networks = new DistinctItems();
        EndpointActivity requests = EndpointActivity.NONE;
        RequestActivity agentRequests = RequestActivity.NONE;
        SortedMap<String, ServiceNumbers> numbers = new TreeMap<>();
        for (Map.Entry<String, ServiceActivity> each : services.entrySet()) {
            ServiceActivity activity = each.getValue();
            sessions.merge(activity.sessions());
            networks.merge(activity.networks());
            requests = requests.plus(activity.total());
            agentRequests = agentRequests.plus(activity.agentRequests());
            numbers.put(each.getKey(), ServiceNumbers.of(activity));
        }
        return new SpanSummary(
                firstMinute,
                sessions.estimate(),
                networks.estimate(),
                requests,
                agentRequests,
                numbers);
    }
}
