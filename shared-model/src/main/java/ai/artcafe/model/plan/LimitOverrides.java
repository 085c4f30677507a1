package ai.artcafe.model.plan;

import java.util.Optional;

/**
 * What is agreed with one tenant in place of its plan's limits; {@link PlanLimits#UNLIMITED} is a
 * value like others, an absent one leaves the plan's.
 *
 * @param overage whether more than the day's messages may be published, to be paid for
 */
public record LimitOverrides(
        Optional<Long> agents,
        Optional<Long> connectionsPerAgent,
        Optional<Long> agentMessagesPerSecond,
        Optional<Long> tenantMessagesPerSecond,
        Optional<Long> messagesPerDay,
        Optional<Integer> frameBytes,
        Optional<Boolean> overage) {

    public static final LimitOverrides NONE =
            new LimitOverrides(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** The limits that hold with them. */
    public PlanLimits over(PlanLimits plan) {
        return new PlanLimits(
                agents.orElse(plan.agents()),
                connectionsPerAgent.orElse(plan.connectionsPerAgent()),
                agentMessagesPerSecond.orElse(plan.agentMessagesPerSecond()),
                tenantMessagesPerSecond.orElse(plan.tenantMessagesPerSecond()),
                messagesPerDay.orElse(plan.messagesPerDay()),
                frameBytes.orElse(plan.frameBytes()));
    }
}
