package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Traffic;

/**
 * What one agent has used in the period.
 *
 * @param agentId the agent; or {@code @unattributed} and {@code @gateway-<id>} for what was counted
 *     for the tenant and is no agent's
 * @param connections connections opened
 */
public record AgentUsage(
        Attribution agentId,
        Traffic published,
        Traffic delivered,
        Traffic control,
        long connections) {

    static AgentUsage of(Attribution agent, Booked booked) {
        return new AgentUsage(
                agent,
                booked.totals().published(),
                booked.totals().delivered(),
                booked.totals().control(),
                booked.totals().connections());
    }
}
