package ai.artcafe.system.client;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * What {@code GET /api/v1/usage/stats} says.
 *
 * @param completeThrough nothing before it is missing; empty as long as nothing is known
 */
public record UsageView(
        Optional<Instant> completeThrough,
        Traffic published,
        Traffic delivered,
        Traffic control,
        Traffic adjustments,
        List<AgentUsage> agents) {

    /** One agent's part of it. */
    public record AgentUsage(
            String agentId,
            Traffic published,
            Traffic delivered,
            Traffic control,
            long connections) {

        public UsageTotals totals() {
            return new UsageTotals(published, delivered, control, connections);
        }
    }

    /** The usage as soon as it is what it should be; what it was last, when it never is. */
    public static UsageView await(Api api, TenantId tenant, Traffic published, Traffic delivered) {
        return Awaitility.await("published " + published + " and delivered " + delivered)
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> of(api.usage(tenant)),
                        usage ->
                                usage.published().equals(published)
                                        && usage.delivered().equals(delivered));
    }

    public AgentUsage agent(String agentId) {
        return agents.stream()
                .filter(agent -> agent.agentId().equals(agentId))
                .findFirst()
                .orElseThrow(() -> new AssertionError(agentId + " is not among " + agents));
    }

    public static UsageView of(JsonNode usage) {
        List<AgentUsage> agents = new ArrayList<>();
        usage.path("agents")
                .forEach(agent ->
                        agents.add(
                                new AgentUsage(
                                        agent.get("agent_id").textValue(),
                                        traffic(agent.get("published")),
                                        traffic(agent.get("delivered")),
                                        traffic(agent.get("control")),
                                        agent.get("connections").longValue())));
        return new UsageView(
                Optional.ofNullable(usage.get("complete_through").textValue()).map(Instant::parse),
                traffic(usage.get("published")),
                traffic(usage.get("delivered")),
                traffic(usage.get("control")),
                traffic(usage.get("adjustments")),
                agents);
    }

    private static Traffic traffic(JsonNode node) {
        return new Traffic(node.get("messages").longValue(), node.get("bytes").longValue());
    }
}
