package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;

/**
 * An agent may no longer be connected.
 *
 * @param reason for the agent to read
 */
public record AgentRevoked(AgentId agent, String reason) {}
