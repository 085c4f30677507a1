package ai.artcafe.gateway.auth;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;

/**
 * What an agent has to sign to prove who it is, once.
 *
 * @param text 32 random bytes in URL-safe base64, or what stands for one that the agent made
 * @param tenant the tenant it was asked for
 * @param agent the agent it was asked for, whether there is one or not
 */
public record Challenge(String text, TenantId tenant, AgentId agent, Instant expiresAt) {

    boolean isFor(TenantId otherTenant, AgentId otherAgent) {
        return tenant.equals(otherTenant) && agent.equals(otherAgent);
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
