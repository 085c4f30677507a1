package ai.artcafe.runtime.status;

import ai.artcafe.model.flow.DistinctItems;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a service did in a span of time: one of its instances in a minute, or all of it over days.
 *
 * @param looks how often an instance looked at its own health
 * @param upMinutes minutes in which an instance was well at every look
 * @param instances how many there were, at most at the same time
 * @param endpoints by method and route, {@code GET /api/v1/agents/{agent_id}}
 * @param sessions of users, hashed
 * @param networks that clients came from: /24 of IPv4, /48 of IPv6
 * @param agentRequests to agents, of all tenants
 */
public record ServiceActivity(
        long looks,
        int upMinutes,
        int instances,
        SortedMap<String, EndpointActivity> endpoints,
        DistinctItems sessions,
        DistinctItems networks,
        RequestActivity agentRequests) {

    /** Under which endpoint what is not told apart is counted. */
    public static final String OTHER = "(other)";

    public static final ServiceActivity NONE =
            new ServiceActivity(
                    0,
                    0,
                    0,
                    Collections.emptySortedMap(),
                    new DistinctItems(),
                    new DistinctItems(),
                    RequestActivity.NONE);

    public ServiceActivity {
        endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
    }

    /** Grows with everything that happens: of two accounts of one span the larger is the later. */
    public long progress() {
        return looks + total().requests() + agentRequests.requests();
    }

    /** All endpoints together. */
    public EndpointActivity total() {
        return endpoints.values().stream().reduce(EndpointActivity.NONE, EndpointActivity::plus);
    }

    /** Together with what another instance did in the same minute. */
    public ServiceActivity alongside(ServiceActivity other) {
        return merged(other, Math.max(upMinutes, other.upMinutes), instances + other.instances);
    }

    /** Together with what the service did at another time. */
    public ServiceActivity then(ServiceActivity other) {
        return merged(other, upMinutes + other.upMinutes, Math.max(instances, other.instances));
    }

    /** The same with only so many endpoints told apart: those with the most requests. */
    public ServiceActivity folded(int most) {
        Set<String> kept =
                endpoints.entrySet().stream()
                        .sorted(
                                Map.Entry.comparingByValue(
                                        Comparator.comparingLong(EndpointActivity::requests)
                                                .reversed()))
                        .limit(most)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        SortedMap<String, EndpointActivity> folded = new TreeMap<>();
        endpoints.forEach((name, activity) ->
                folded.merge(kept.contains(name) ? name : OTHER, activity, EndpointActivity::plus));
        return new ServiceActivity(
                looks, upMinutes, instances, folded, sessions, networks, agentRequests);
    }

    private ServiceActivity merged(ServiceActivity other, int up, int together) {
        SortedMap<String, EndpointActivity> sums = new TreeMap<>(endpoints);
        other.endpoints.forEach(
                (name, activity) -> sums.merge(name, activity, EndpointActivity::plus));
        return new ServiceActivity(
                looks + other.looks,
                up,
                together,
                sums,
                Sketches.union(sessions, other.sessions),
                Sketches.union(networks, other.networks),
                agentRequests.plus(other.agentRequests));
    }
}
