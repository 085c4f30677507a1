package ai.artcafe.gateway.channel;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;

/**
 * That an agent has come to belong to a channel, or does so no more.
 *
 * @param key tells it from any other change
 */
public record MembershipChange(String key, TenantId tenant, AgentId agent) {}
