package ai.artcafe.model.plan;

/**
 * The limits of a plan.
 *
 * @param agents how many agents the tenant may register
 * @param connectionsPerAgent open connections of one agent, over both doors and all gateways
 * @param agentMessagesPerSecond published messages a second of one agent
 * @param tenantMessagesPerSecond published messages a second of the tenant
 * @param messagesPerDay published messages of the tenant in a UTC day
 * @param frameBytes the largest WebSocket frame accepted, in bytes
 */
public record PlanLimits(
        long agents,
        long connectionsPerAgent,
        long agentMessagesPerSecond,
        long tenantMessagesPerSecond,
        long messagesPerDay,
        int frameBytes) {

    /** Stands for no limit; shown to clients as {@code null}. */
    public static final long UNLIMITED = Long.MAX_VALUE;
}
