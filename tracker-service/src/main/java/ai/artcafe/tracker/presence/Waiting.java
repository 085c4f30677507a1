package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.util.HashMap;
import java.util.Map;

/** What has been heard and is not taken in yet, by agent. Bounded; thread-safe. */
final class Waiting {

    private final int maxAgents;
    private final Figures figures;
    // guarded by this
    private Map<TenantId, Map<AgentId, Facts>> facts = new HashMap<>();
    private int agents;

    Waiting(int maxAgents, Figures figures) {
        this.maxAgents = maxAgents;
        this.figures = figures;
    }

    synchronized void add(TenantId tenant, AgentId agent, Facts more) {
        Map<AgentId, Facts> known = facts.computeIfAbsent(tenant, _ -> new HashMap<>());
        Facts before = known.get(agent);
        if (before != null) {
            known.put(agent, before.merge(more));
        } else if (agents < maxAgents) {
            known.put(agent, more);
            agents++;
        } else {
            figures.ignore(Ignored.NO_ROOM);
        }
    }

    /** Puts back what was taken; a tenant with nothing is to be looked at all the same. */
    synchronized void addAll(TenantId tenant, Map<AgentId, Facts> more) {
        facts.computeIfAbsent(tenant, _ -> new HashMap<>());
        more.forEach((agent, each) -> add(tenant, agent, each));
    }

    synchronized Map<TenantId, Map<AgentId, Facts>> take() {
        Map<TenantId, Map<AgentId, Facts>> taken = facts;
        facts = new HashMap<>();
        agents = 0;
        return taken;
    }

    synchronized int size() {
        return agents;
    }
}
