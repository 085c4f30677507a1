package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;

/**
 * All connections of an agent are to end, at both doors and on every gateway.
 *
 * @param code why, one that closes sockets
 * @param reason for the agent to read
 */
public record AgentCutOff(TenantId tenant, AgentId agent, ErrorCode code, String reason) {}
