package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.PresenceChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where presence is kept. Any number of trackers use it at once, and may repeat every call.
 * Blocking; every method throws {@link ai.artcafe.runtime.store.StoreAwayException} when the store
 * does not answer.
 */
public interface PresenceStore {

    /**
     * Puts down that this tracker has heard the agents up to now.
     *
     * @param listening whether it does
     * @return since when there has always been a tracker that did
     */
    Instant heard(Instant now, boolean listening);

    /**
     * Takes in what is new of some agents of a tenant and says how they are, and all whose time has
     * come.
     *
     * @param heardSince from {@link #heard}
     * @param forgetAfter for how long one that left is known
     */
    Evaluated evaluate(
            TenantId tenant,
            Map<AgentId, Facts> facts,
            Instant now,
            Instant heardSince,
            Duration forgetAfter);

    /** Tenants with an agent whose time has come; each is told to one tracker. */
    Collection<TenantId> takeDue(Instant now);

    /** Has the tenant told by {@link #takeDue} when its next agent's time has come. */
    void schedule(TenantId tenant, Evaluated evaluated);

    /** Tenants of which anything is known. */
    Collection<TenantId> tenants();

    /** Whether all tenants have been checked since the store was emptied. */
    boolean isComplete();

    /** All tenants have been checked. */
    void complete();

    /**
     * The agents whose open connections in the ledger are others than presence knows, with what
     * there is to say of them.
     */
    Map<AgentId, Facts> strays(TenantId tenant);

    /** Tenants with changes that are not in the history yet. */
    Collection<TenantId> takeChanged();

    /** The tenant has changes that are not in the history yet. */
    void changed(TenantId tenant);

    /** The next changes of the tenant that are not in the history yet; none at the end. */
    Changes unwritten(TenantId tenant);

    /** These are in the history. */
    void written(TenantId tenant, Changes changes);

    /**
     * Changes in their order.
     *
     * @param position where they end
     * @param lost how many before them were dropped before anyone had read them
     */
    record Changes(List<PresenceChange> list, String position, long lost) {

        public Changes {
            list = List.copyOf(list);
        }
    }
}
