package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;

/** An agent is no more; its id may be another's from now on. */
public record AgentDeleted(TenantId tenant, AgentId agent) {}
