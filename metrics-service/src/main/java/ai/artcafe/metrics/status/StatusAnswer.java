package ai.artcafe.metrics.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The platform right now.
 *
 * @param status {@code up} when all services are
 * @param asOf when it was so; {@code null} while it cannot be told
 */
public record StatusAnswer(
        Health status,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        Content data) {

    /**
     * @param services that have told of themselves in the last 24 hours
     * @param agentRequests of the last hour, of all tenants
     */
    public record Content(
            @JsonProperty("realTimeMetrics") RealTime realTimeMetrics,
            List<ServiceView> services,
            Optional<AgentRequestsView> agentRequests) {}

    /**
     * {@code null} is what is not known now.
     *
     * @param activeUsers sessions seen in the last 30 minutes, about
     * @param trackedAgents agents with a connection
     * @param usingRealData whether the numbers are what the services report right now
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record RealTime(
            @JsonProperty("activeUsers") Optional<Long> activeUsers,
            @JsonProperty("trackedAgents") Optional<Long> trackedAgents,
            @JsonProperty("usingRealData") boolean usingRealData) {

        static final RealTime UNKNOWN = new RealTime(Optional.empty(), Optional.empty(), false);
    }

    /**
     * @param instances at most at the same time in the last hour
     * @param uptime24h the share of minutes of the last 24 hours, or since anything is known
     * @param lastHour its requests
     */
    public record ServiceView(
            String name,
            Health status,
            Optional<Integer> instances,
            @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("uptime_24h")
                    Optional<Double> uptime24h,
            Optional<RequestsView> lastHour) {}
}
