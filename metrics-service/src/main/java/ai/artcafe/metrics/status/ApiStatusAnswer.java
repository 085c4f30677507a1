package ai.artcafe.metrics.status;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How each endpoint fares.
 *
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param agentRequests of all tenants
 * @param tenant its own agents; for members of it only
 */
public record ApiStatusAnswer(
        Instant asOf,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        StatusPeriod period,
        List<ServiceEndpoints> services,
        AgentRequestsView agentRequests,
        Optional<TenantAgents> tenant) {

    /** The endpoints of a service. */
    public record ServiceEndpoints(
            String name, Health status, RequestsView requests, List<EndpointView> endpoints) {}

    /**
     * @param endpoint method and route
     * @param statuses how often each HTTP status was answered
     */
    public record EndpointView(
            String endpoint, Map<Integer, Long> statuses, RequestsView requests) {}

    /** The agents of a tenant to which, or by which, requests were made. */
    public record TenantAgents(TenantId tenantId, List<AgentView> agents) {}

    /**
     * @param answered requests that the agent was asked
     * @param asked requests of the agent to subjects that are no agent's
     */
    public record AgentView(
            AgentId clientId,
            Optional<AgentRequestsView> answered,
            Optional<AgentRequestsView> asked) {}

    ApiStatusAnswer asStale() {
        return new ApiStatusAnswer(asOf, true, period, services, agentRequests, tenant);
    }

    ApiStatusAnswer with(TenantAgents agents) {
        return new ApiStatusAnswer(
                asOf, stale, period, services, agentRequests, Optional.of(agents));
    }
}
