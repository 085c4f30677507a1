package ai.artcafe.system.client;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** What {@code GET /api/v1/usage/stats} says. */
public record UsageView(Traffic published, Traffic delivered, List<AgentUsage> agents) {

    /** One agent's part of it. */
    public record AgentUsage(String agentId, Traffic published, Traffic delivered) {}

    /** The usage as soon as it is what it should be; what it was last, when it never is. */
    public static UsageView await(Api api, TenantId tenant, Traffic published, Traffic delivered) {
        return Awaitility.await("published " + published + " and delivered " + delivered)
                .atMost(Duration.ofSeconds(20))
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

    private static UsageView of(JsonNode usage) {
        List<AgentUsage> agents = new ArrayList<>();
        usage.path("agents")
                .forEach(agent ->
                        agents.add(
                                new AgentUsage(
                                        agent.get("agent_id").textValue(),
                                        traffic(agent.get("published")),
                                        traffic(agent.get("delivered")))));
        return new UsageView(
                traffic(usage.get("published")), traffic(usage.get("delivered")), agents);
    }

    private static Traffic traffic(JsonNode node) {
        return new Traffic(node.get("messages").longValue(), node.get("bytes").longValue());
    }
}
