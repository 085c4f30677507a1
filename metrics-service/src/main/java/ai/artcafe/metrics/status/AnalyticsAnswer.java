package ai.artcafe.metrics.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the platform has fared.
 *
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param since the first minute that anything is known of
 * @param hourly the last 24 hours of which anything is known, the open one at the end
 * @param daily the last 30 days of which anything is known; the open one as of its full hours
 */
@Schema(name = "StatusAnalytics")
public record AnalyticsAnswer(
        Instant asOf,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> since,
        Overview overview,
        List<SpanView> hourly,
        List<SpanView> daily) {

    /**
     * The last 24 hours together.
     *
     * @param activeUsers sessions seen in the last 30 minutes, about
     * @param uptime24h of the service that was up the least
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Overview(
            long activeUsers,
            Optional<Long> trackedAgents,
            RequestsView requests,
            AgentRequestsView agentRequests,
            @JsonProperty("uptime_24h") Optional<Double> uptime24h,
            @JsonProperty("uptime_30d") Optional<Double> uptime30d,
            boolean usingRealData) {}

    /**
     * @param from its beginning
     * @param sessions of users, about
     * @param networks that clients came from, about: /24 of IPv4, /48 of IPv6
     * @param uptime of the service that was up the least
     */
    public record SpanView(
            Instant from,
            long sessions,
            long networks,
            RequestsView requests,
            AgentRequestsView agentRequests,
            Optional<Double> uptime) {}

    AnalyticsAnswer asStale() {
        return new AnalyticsAnswer(asOf, true, since, overview, hourly, daily);
    }
}
