package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import java.util.Set;

/**
 * All connections of an agent are to end at these doors, on every gateway.
 *
 * @param reason one that closes sockets
 * @param detail the same for the agent to read
 */
public record AgentCutOff(
        TenantId tenant, AgentId agent, Set<Door> doors, EndReason reason, String detail) {

    public static final Set<Door> BOTH_DOORS = Set.of(Door.WEBSOCKET, Door.NATS);

    public AgentCutOff {
        doors = Set.copyOf(doors);
    }
}
