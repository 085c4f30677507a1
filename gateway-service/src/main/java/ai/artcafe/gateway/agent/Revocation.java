package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * That an agent was deleted, disabled or disconnected, or had a key replaced, or that a tenant was
 * deleted with all of its agents: what they had open by then is to end.
 *
 * @param agent whose; all of the tenant's when absent
 * @param at when, by the clock of who changed it
 * @param reason why
 * @param doors where
 * @param connectionId the one socket that is meant; all of the agent's when absent
 * @param passes how often the NATS door has been searched for its connections
 * @param claimedUntil until when somebody is doing that now; in the past when nobody is
 */
public record Revocation(
        TenantId tenant,
        Optional<AgentId> agent,
        Instant at,
        EndReason reason,
        Set<Door> doors,
        Optional<String> connectionId,
        int passes,
        Instant claimedUntil) {

    public Revocation {
        doors = Set.copyOf(doors);
    }

    /** One that nobody has looked at yet. */
    public static Revocation of(
            TenantId tenant, AgentId agent, Instant at, EndReason reason, Set<Door> doors) {
        return new Revocation(
                tenant, Optional.of(agent), at, reason, doors, Optional.empty(), 0, Instant.EPOCH);
    }

    /** That a tenant is deleted. */
    public static Revocation of(TenantId tenant, Instant at) {
        return new Revocation(
                tenant,
                Optional.empty(),
                at,
                EndReason.TENANT_DELETED,
                AgentCutOff.BOTH_DOORS,
                Optional.empty(),
                0,
                Instant.EPOCH);
    }

    /** That one socket is to end. */
    public static Revocation of(
            TenantId tenant, AgentId agent, Instant at, EndReason reason, String connectionId) {
        return new Revocation(
                tenant,
                Optional.of(agent),
                at,
                reason,
                Set.of(Door.WEBSOCKET),
                Optional.of(connectionId),
                0,
                Instant.EPOCH);
    }
}
