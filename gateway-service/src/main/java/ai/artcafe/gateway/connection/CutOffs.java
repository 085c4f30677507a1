package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends an agent's connections wherever they are: its sockets here at once, those on other gateways
 * over the platform's bus, its connections at the NATS door by their servers. None of it blocks.
 * What is lost on the way, where the registry says that the agent may not be connected, the {@link
 * RevocationSweep} finds.
 */
@ApplicationScoped
public class CutOffs {

    private static final Logger LOG = Logger.getLogger(CutOffs.class);

    private final OpenSockets sockets;
    private final NatsCutOffs nats;
    private final CutOffBus bus;
    private final GatewayMeters meters;

    CutOffs(OpenSockets sockets, NatsCutOffs nats, CutOffBus bus, GatewayMeters meters) {
        this.sockets = sockets;
        this.nats = nats;
        this.bus = bus;
        this.meters = meters;
    }

    void cutOff(@Observes AgentCutOff cutOff) {
        meters.cutOff(cutOff.code());
        LOG.infof(
                "agent cut off tenant=%s agent=%s code=%s",
                cutOff.tenant(), cutOff.agent(), cutOff.code().code());
        close(cutOff.tenant(), cutOff.agent(), Optional.empty(), cutOff.code(), cutOff.reason());
        nats.end(new ConnectionOwner.Agent(cutOff.tenant(), cutOff.agent()));
        bus.tell(cutOff);
    }

    void told(@Observes CutOffNotice notice) {
        close(
                notice.tenantId(),
                notice.agentId(),
                notice.connectionId(),
                notice.error(),
                notice.reason());
    }

    private void close(
            TenantId tenant,
            AgentId agent,
            Optional<String> connection,
            ErrorCode code,
            String reason) {
        for (OpenSocket socket : sockets.of(agent)) {
            if (socket.admitted().tenantId().equals(tenant)
                    && connection.map(socket.connectionId()::equals).orElse(true)) {
                socket.close(code, reason);
            }
        }
    }
}
