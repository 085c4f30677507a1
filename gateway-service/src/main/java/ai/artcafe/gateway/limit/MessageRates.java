package ai.artcafe.gateway.limit;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * The message rates of the plans: one for each agent, shared by its sockets, and one for each
 * tenant. They are decided here, and hold across gateways as far as these tell each other in time
 * what they have let through. Thread-safe.
 */
@ApplicationScoped
public class MessageRates {

    private final RateTable agents;
    private final RateTable tenants;

    @Inject
    MessageRates() {
        this(TimeMeter.SYSTEM_NANOTIME);
    }

    MessageRates(TimeMeter time) {
        this.agents = new RateTable(time);
        this.tenants = new RateTable(time);
    }

    /** For one socket, to be kept as long as it is open. */
    public MessageRate of(TenantId tenant, AgentId agent, PlanLimits limits) {
        return new Limited(
                agents.rate(agent.value(), tenant.value(), limits.agentMessagesPerSecond()),
                tenants.rate(tenant.value(), tenant.value(), limits.tenantMessagesPerSecond()));
    }

    /** For whoever speaks for the tenant and is no agent. */
    public MessageRate ofTenant(TenantId tenant, long perSecond) {
        SharedRate shared = tenants.rate(tenant.value(), tenant.value(), perSecond);
        return () -> {
            RateVerdict verdict = shared.take();
            if (verdict instanceof RateVerdict.Allowed) {
                shared.use();
            }
            return verdict;
        };
    }

    /** The tenant's limits are these now, for its open sockets as well. */
    public void change(TenantId tenant, PlanLimits limits) {
        agents.change(tenant.value(), limits.agentMessagesPerSecond());
        tenants.change(tenant.value(), limits.tenantMessagesPerSecond());
    }

    /** What agents have used here since the last call, of the limits that they have. */
    public Map<String, Long> takeUsedByAgents() {
        return agents.takeUsed();
    }

    /** What tenants have used here since the last call, of the limits that they have. */
    public Map<String, Long> takeUsedByTenants() {
        return tenants.takeUsed();
    }

    /** Another gateway has let so many messages of the agent through. */
    public void agentUsedElsewhere(String agent, long messages) {
        agents.usedElsewhere(agent, messages);
    }

    /** Another gateway has let so many messages of the tenant through. */
    public void tenantUsedElsewhere(String tenant, long messages) {
        tenants.usedElsewhere(tenant, messages);
    }

    private record Limited(SharedRate agent, SharedRate tenant) implements MessageRate {

        @Override
        public RateVerdict take() {
            RateVerdict own = agent.take();
            if (own instanceof RateVerdict.Exceeded) {
                return own;
            }
            RateVerdict shared = tenant.take();
            if (shared instanceof RateVerdict.Exceeded) {
                agent.giveBack();
                return shared;
            }
            agent.use();
            tenant.use();
            return shared;
        }
    }
}
