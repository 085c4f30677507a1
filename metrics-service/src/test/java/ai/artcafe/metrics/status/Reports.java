package ai.artcafe.metrics.status;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.Distribution;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.EndpointActivity;
import ai.artcafe.runtime.status.MinuteReport;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.ServiceActivity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What services would report. */
public final class Reports {

    private Reports() {}

    /** Of a gateway: so many requests that were answered, one in ten with 503; in 20 ms each. */
    public static MinuteReport gateway(
            Instant minute, int requests, List<String> sessions, List<AgentRequests> agents) {
        return new MinuteReport(
                "gateway",
                "gw-1",
                minute.truncatedTo(ChronoUnit.MINUTES),
                Optional.of(activity(requests, sessions)),
                agents);
    }

    static ServiceActivity activity(int requests, List<String> sessions) {
        Distribution millis = new Distribution();
        millis.add(20, requests);
        DistinctItems seen = new DistinctItems();
        sessions.forEach(seen::add);
        return new ServiceActivity(
                4,
                1,
                1,
                new TreeMap<>(
                        Map.of(
                                "GET /api/v1/agents/{id}",
                                new EndpointActivity(
                                        new TreeMap<>(
                                                Map.of(
                                                        200,
                                                        (long) requests - requests / 10,
                                                        503,
                                                        (long) requests / 10)),
                                        millis))),
                seen,
                new DistinctItems(),
                requests(requests));
    }

    /** So many answered in 50 ms, one that was not. */
    static RequestActivity requests(int answered) {
        Distribution millis = new Distribution();
        millis.add(50, answered);
        return new RequestActivity(answered, 1, 0, millis);
    }
}
