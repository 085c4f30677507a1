package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;

/** The agents' records, which say who may connect. */
@FunctionalInterface
public interface AgentRegistry {

    /**
     * Keeps an agent from connecting from now on. Blocking.
     *
     * @return false when there is no such agent, or it was disabled before
     * @throws StoreUnavailableException when it may not have been done
     */
    boolean disable(TenantId tenant, AgentId agent, Instant at);
}
