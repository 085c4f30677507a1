package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * That an agent was deleted, disabled or disconnected, or had a key replaced: what it had open by
 * then is to end.
 *
 * @param at when, by the clock of who changed it
 * @param doors where
 * @param connectionId the one socket that is meant; all of the agent's when absent
 * @param passes how often the NATS door has been searched for its connections
 * @param claimedUntil until when somebody is doing that now; in the past when nobody is
 */
public record Revocation(
        TenantId tenant,
        AgentId agent,
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
        return new Revocation(tenant, agent, at, reason, doors, Optional.empty(), 0, Instant.EPOCH);
    }

    /** That one socket is to end. */
    public static Revocation of(
            TenantId tenant, AgentId agent, Instant at, EndReason reason, String connectionId) {
        return new Revocation(
                tenant,
                agent,
                at,
                reason,
                Set.of(Door.WEBSOCKET),
                Optional.of(connectionId),
                0,
                Instant.EPOCH);
    }
}
