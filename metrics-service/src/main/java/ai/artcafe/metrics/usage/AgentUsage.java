package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.usage.Traffic;

/**
 * What one agent has used in the period.
 *
 * @param connections connections opened
 */
public record AgentUsage(
        AgentId agentId, Traffic published, Traffic delivered, Traffic control, long connections) {

    static AgentUsage of(AgentId agent, Booked booked) {
        return new AgentUsage(
                agent,
                booked.totals().published(),
                booked.totals().delivered(),
                booked.totals().control(),
                booked.totals().connections());
    }
}
