package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.excess.ConnectionExcess;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends what agents have open beyond their plan's connections, both doors and all gateways together.
 * Which ones, all gateways would say alike. Blocks.
 */
@ApplicationScoped
class Surplus {

    private final NatsDoor door;
    private final NatsCutOffs nats;
    private final OpenSockets sockets;
    private final OtherGateways others;
    private final ConnectionLimit rule;
    private final CutOffBus bus;
    private final ConnectionExcess excess;
    private final GatewayMeters meters;

    /**
     * An agent that may have too many.
     *
     * @param limit how many it may have
     */
    record Case(ConnectionOwner.Agent owner, Slot slot, long limit) {}

    Surplus(
            NatsDoor door,
            NatsCutOffs nats,
            OpenSockets sockets,
            OtherGateways others,
            ConnectionLimit rule,
            CutOffBus bus,
            ConnectionExcess excess,
            GatewayMeters meters) {
        this.door = door;
        this.nats = nats;
        this.sockets = sockets;
        this.others = others;
        this.rule = rule;
        this.bus = bus;
        this.excess = excess;
        this.meters = meters;
    }

    /**
     * Looks at the agents, and ends what is too much.
     *
     * @return false when no NATS server has answered
     */
    boolean end(Collection<Case> cases) throws InterruptedException {
        NatsDoor.Look look =
                door.lookAt(
                        cases.stream()
                                .collect(
                                        Collectors.toMap(
                                                Case::owner, Case::slot, (one, _) -> one)));
        if (look.servers().isEmpty()) {
            return false;
        }
        for (Case one : cases) {
            end(
                    one,
                    look.found().stream()
                            .filter(found -> found.owner().equals(one.owner()))
                            .toList());
        }
        return true;
    }

    private void end(Case one, List<NatsDoor.Found> atNats) throws InterruptedException {
        AgentId agent = one.owner().agent();
        List<? extends OpenSocket> here = sockets.of(agent);
        List<AgentConnection> elsewhere = others.of(agent);
        List<AgentConnection> all = new ArrayList<>(elsewhere);
        here.forEach(socket -> all.add(AgentConnection.of(socket)));
        atNats.forEach(found -> all.add(ConnectionView.connection(found)));
        if (all.size() <= one.limit()) {
            return;
        }
        Set<String> staying = rule.staying(all, (int) one.limit());
        EndReason reason = rule.endReason();
        String detail = rule.detail(one.limit());
        meters.arrival(GatewayMeters.SURPLUS);
        here.stream()
                .filter(socket -> !staying.contains(socket.connectionId()))
                .forEach(socket -> socket.close(reason, detail));
        elsewhere.stream()
                .filter(connection -> !staying.contains(connection.connectionId()))
                .forEach(connection -> bus.tell(connection, reason, detail));
        boolean ended = false;
        for (NatsDoor.Found found : atNats) {
            if (!staying.contains(ConnectionView.connection(found).connectionId())) {
                ended |= nats.kick(found, reason);
            }
        }
        if (ended) {
            excess.found(one.owner(), all.size(), one.limit());
        }
    }
}
