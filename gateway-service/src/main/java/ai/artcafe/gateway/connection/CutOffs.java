package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.agent.TenantCutOff;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends an agent's connections, or all of a tenant's, wherever they are: its sockets here at once,
 * those on other gateways over the platform's bus, its connections at the NATS door by their
 * servers. None of it blocks. What is lost on the way, the {@link RevocationSweep} finds, where a
 * revocation was written.
 */
@ApplicationScoped
public class CutOffs {

    private static final Logger LOG = Logger.getLogger(CutOffs.class);

    static final String TENANT_DELETED = "the tenant is deleted";

    private final OpenSockets sockets;
    private final NatsCutOffs nats;
    private final SlotCutOffs slots;
    private final CutOffBus bus;
    private final Tenants tenants;
    private final Event<TenantGone> gone;
    private final GatewayMeters meters;

    CutOffs(
            OpenSockets sockets,
            NatsCutOffs nats,
            SlotCutOffs slots,
            CutOffBus bus,
            Tenants tenants,
            Event<TenantGone> gone,
            GatewayMeters meters) {
        this.sockets = sockets;
        this.nats = nats;
        this.slots = slots;
        this.bus = bus;
        this.tenants = tenants;
        this.gone = gone;
        this.meters = meters;
    }

    void cutOff(@Observes AgentCutOff cutOff) {
        note(cutOff);
        if (cutOff.doors().contains(Door.WEBSOCKET)) {
            closeSockets(cutOff);
        }
        if (cutOff.doors().contains(Door.NATS)) {
            nats.end(new ConnectionOwner.Agent(cutOff.tenant(), cutOff.agent()), cutOff.reason());
        }
    }

    void cutOff(@Observes TenantCutOff cutOff) {
        EndReason.TENANT_DELETED.code().ifPresent(meters::cutOff);
        end(cutOff.tenant());
        slots.end(cutOff.tenant(), cutOff.slot());
        bus.tell(cutOff);
    }

    void note(AgentCutOff cutOff) {
        cutOff.reason().code().ifPresent(meters::cutOff);
        LOG.infof(
                "agent cut off tenant=%s agent=%s reason=%s",
                cutOff.tenant(), cutOff.agent(), cutOff.reason().id());
    }

    /**
     * Those here; other gateways are told.
     *
     * @return how many were here
     */
    int closeSockets(AgentCutOff cutOff) {
        int closed =
                close(
                        cutOff.tenant(),
                        cutOff.agent(),
                        Optional.empty(),
                        cutOff.reason(),
                        cutOff.detail());
        bus.tell(cutOff);
        return closed;
    }

    void told(@Observes CutOffNotice notice) {
        notice.agentId()
                .ifPresentOrElse(
                        agent ->
                                close(
                                        notice.tenantId(),
                                        agent,
                                        notice.connectionId(),
                                        notice.endReason(),
                                        notice.reason()),
                        () -> end(notice.tenantId()));
    }

    /**
     * Ends all that a deleted tenant has open on this gateway, and looks it up anew from here on.
     *
     * @return how many agents' sockets there were
     */
    long end(TenantId tenant) {
        tenants.forget(tenant);
        List<? extends OpenSocket> open =
                sockets.all().stream()
                        .filter(socket -> socket.admitted().tenantId().equals(tenant))
                        .toList();
        open.forEach(socket -> socket.close(EndReason.TENANT_DELETED, TENANT_DELETED));
        gone.fire(new TenantGone(tenant));
        return open.size();
    }

    private int close(
            TenantId tenant,
            AgentId agent,
            Optional<String> connection,
            EndReason reason,
            String detail) {
        int closed = 0;
        for (OpenSocket socket : sockets.of(agent)) {
            if (socket.admitted().tenantId().equals(tenant)
                    && connection.map(socket.connectionId()::equals).orElse(true)) {
                socket.close(reason, detail);
                closed++;
            }
        }
        return closed;
    }
}
