package ai.artcafe.gateway.connection;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * An agent's socket on some gateway.
 *
 * @param openedAt by that gateway's clock, in milliseconds
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AgentConnection(
        String connectionId, TenantId tenantId, AgentId agentId, Instant openedAt) {

    /** The oldest first; all gateways agree on it. */
    static final Comparator<AgentConnection> BY_AGE =
            Comparator.comparing(AgentConnection::openedAt)
                    .thenComparing(AgentConnection::connectionId);

    public AgentConnection {
        Objects.requireNonNull(connectionId, "connection_id");
        Objects.requireNonNull(tenantId, "tenant_id");
        Objects.requireNonNull(agentId, "agent_id");
        Objects.requireNonNull(openedAt, "opened_at");
    }

    static AgentConnection of(OpenSocket socket) {
        return new AgentConnection(
                socket.connectionId(),
                socket.admitted().tenantId(),
                socket.admitted().agentId(),
                socket.openedAt());
    }
}
