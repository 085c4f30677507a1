package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * That an agent was deleted or disabled, or had a key replaced, or that a tenant was deleted with
 * all of its agents: what they had open by then is to end.
 *
 * @param agent whose; all of the tenant's when absent
 * @param at when, by the clock of who changed it
 * @param passes how often the NATS door has been searched for its connections
 * @param claimedUntil until when somebody is doing that now; in the past when nobody is
 */
public record Revocation(
        TenantId tenant, Optional<AgentId> agent, Instant at, int passes, Instant claimedUntil) {}
