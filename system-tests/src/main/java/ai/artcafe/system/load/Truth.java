package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.UsageTotals;
import java.util.Map;

/**
 * What a load has carried, by its own account.
 *
 * @param seed what made the load what it was
 * @param usage of every tenant's agents
 */
public record Truth(long seed, Map<TenantId, Map<AgentId, UsageTotals>> usage) {

    public Truth {
        usage = Map.copyOf(usage);
    }

    /** All that the tenant's agents have carried. */
    public UsageTotals of(TenantId tenant) {
        return usage.getOrDefault(tenant, Map.of()).values().stream()
                .reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    /** Everything. */
    public UsageTotals all() {
        return usage.keySet().stream().map(this::of).reduce(UsageTotals.NONE, UsageTotals::plus);
    }
}
