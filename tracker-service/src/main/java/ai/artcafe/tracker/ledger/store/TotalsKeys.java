package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The keys of the totals that one booking changes, in the order in which scripts take them. */
final class TotalsKeys {

    private TotalsKeys() {}

    /** Agents of the day and of the month. */
    static void addAgentSets(List<String> keys, TenantId tenant, Instant at) {
        keys.add(RedisKeys.dayAgents(tenant, at));
        keys.add(RedisKeys.monthAgents(tenant, at));
    }

    /** The tenant, its hour, day and month. */
    static void addTenant(List<String> keys, TenantId tenant, Instant at) {
        keys.add(RedisKeys.tenant(tenant));
        keys.add(RedisKeys.tenantHour(tenant, at));
        keys.add(RedisKeys.tenantDay(tenant, at));
        keys.add(RedisKeys.tenantMonth(tenant, at));
    }

    /** Each agent, its day and month. */
    static void addAgents(
            List<String> keys,
            TenantId tenant,
            Collection<? extends Attribution> agents,
            Instant at) {
        for (Attribution agent : agents) {
            keys.add(RedisKeys.client(tenant, agent));
            keys.add(RedisKeys.clientDay(tenant, agent, at));
            keys.add(RedisKeys.clientMonth(tenant, agent, at));
        }
    }
}
