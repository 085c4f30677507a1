package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Adjustment;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger among the witnesses: what it says of a tenant, and what it books when another says
 * more.
 *
 * <p>Blocking; every method throws {@link LedgerUnavailableException} when the store does not
 * answer.
 */
public interface LedgerWitness {

    /** What the ledger says of each of these tenants. */
    Map<TenantId, Sums> sums(Collection<TenantId> tenants);

    /**
     * Books what the claims say beyond what was booked for their causes before, and ends the window
     * if there is one, atomically. Nothing happens when that window has been ended already, or when
     * a claim is about one that is not the current.
     *
     * @param at in whose hour, day and month it is booked
     * @return what was booked
     */
    List<Adjustment> adjust(
            TenantId tenant, Instant at, Collection<Claim> claims, Optional<Window> window);

    /** How many strikes an agent has. */
    long strikes(TenantId tenant, AgentId agent);
}
