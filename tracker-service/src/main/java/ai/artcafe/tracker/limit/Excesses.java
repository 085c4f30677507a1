package ai.artcafe.tracker.limit;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.model.limit.OverLimit.Excess;
import ai.artcafe.model.limit.OverLimit.Kind;
import ai.artcafe.model.plan.PlanLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who of a tenant's agents at the NATS door is over a limit in a window. As at the gateway, a
 * second's messages may come at once beside those of the window.
 */
final class Excesses {

    private static final int SECONDS = OverLimit.WINDOW_SECONDS;

    private Excesses() {}

    /** Whether there is any limit that can be exceeded here. */
    static boolean canBeExceeded(TenantStandings.Allowed may) {
        return may.limits().agentMessagesPerSecond() != PlanLimits.UNLIMITED
                || may.limits().tenantMessagesPerSecond() != PlanLimits.UNLIMITED
                || hasQuota(may);
    }

    private static boolean hasQuota(TenantStandings.Allowed may) {
        return may.limits().messagesPerDay() != PlanLimits.UNLIMITED && !may.beyondTheDay();
    }

    /**
     * @param published what each agent has published at the NATS door in the window
     */
    static List<Excess> of(
            TenantId tenant,
            TenantStandings.Allowed may,
            TenantStandings.Standing standing,
            Map<AgentId, Long> published) {
        Optional<Over> shared = shared(may, standing);
        List<Excess> excesses = new ArrayList<>();
        published.forEach((agent, messages) -> {
            if (messages > 0) {
                shared.filter(over -> over.kind() == Kind.MESSAGES_PER_DAY)
                        .or(() -> own(may, messages))
                        .or(() -> shared)
                        .ifPresent(over ->
                                excesses.add(
                                        new Excess(
                                                tenant,
                                                agent,
                                                over.kind(),
                                                over.observed(),
                                                over.limit())));
            }
        });
        return excesses;
    }

    private record Over(Kind kind, long observed, long limit) {}

    private static Optional<Over> own(TenantStandings.Allowed may, long messages) {
        long limit = may.limits().agentMessagesPerSecond();
        return isOver(messages, limit)
                ? Optional.of(new Over(Kind.AGENT_MESSAGES_PER_SECOND, messages / SECONDS, limit))
                : Optional.empty();
    }

    /** A limit of the tenant, which all agents that have published have exceeded together. */
    private static Optional<Over> shared(
            TenantStandings.Allowed may, TenantStandings.Standing standing) {
        PlanLimits limits = may.limits();
        if (hasQuota(may) && standing.today() >= limits.messagesPerDay()) {
            return Optional.of(
                    new Over(Kind.MESSAGES_PER_DAY, standing.today(), limits.messagesPerDay()));
        }
        return isOver(standing.lately(), limits.tenantMessagesPerSecond())
                ? Optional.of(
                        new Over(
                                Kind.TENANT_MESSAGES_PER_SECOND,
                                standing.lately() / SECONDS,
                                limits.tenantMessagesPerSecond()))
                : Optional.empty();
    }

    private static boolean isOver(long messages, long perSecond) {
        return perSecond <= Long.MAX_VALUE / (SECONDS + 1) && messages > perSecond * (SECONDS + 1);
    }
}
