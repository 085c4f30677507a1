package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.connection.store.ConnectionStore;
import ai.artcafe.gateway.connection.store.Recorded;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A tenant's open connections on all gateways and at the NATS door. Every method blocks. */
@ApplicationScoped
class Connections {

    private static final String WEBSOCKET = "websocket";
    private static final String NATS = "nats";
    private static final String ENDED = "an admin of the tenant has ended the connection";

    /** Records that are looked at for one answer; a part with fewer items goes on all the same. */
    private static final int LOOKED_AT = 5000;

    private final ConnectionStore store;
    private final Gateways gateways;
    private final NatsDoor door;
    private final OpenSockets sockets;
    private final CutOffBus bus;

    Connections(
            ConnectionStore store,
            Gateways gateways,
            NatsDoor door,
            OpenSockets sockets,
            CutOffBus bus) {
        this.store = store;
        this.gateways = gateways;
        this.door = door;
        this.sockets = sockets;
        this.bus = bus;
    }

    static String scope(TenantId tenant) {
        return "connections/" + tenant;
    }

    /** Sockets in the order of their ids, then the NATS door's connections in that of theirs. */
    ConnectionList list(TenantRecord tenant, Optional<AgentId> agent, PageRequest page)
            throws InterruptedException {
        List<ConnectionView> items = new ArrayList<>();
        Optional<String> after = page.after();
        if (after.filter(id -> id.startsWith(ConnectionView.NATS)).isEmpty()) {
            Optional<String> next =
                    addSockets(items, tenant.tenantId(), agent, after, page.limit());
            if (next.isPresent()) {
                return new ConnectionList(
                        items,
                        List.of(WEBSOCKET, NATS),
                        next.map(id -> Cursor.of(scope(tenant.tenantId()), id)));
            }
            after = Optional.of(ConnectionView.NATS);
        }
        return addNats(items, tenant, agent, after.orElseThrow(), page.limit());
    }

    /** Returns where to go on, when the page is full or much was looked at. */
    private Optional<String> addSockets(
            List<ConnectionView> items,
            TenantId tenant,
            Optional<AgentId> agent,
            Optional<String> after,
            int limit) {
        Optional<String> from = after;
        int lookedAt = 0;
        do {
            int wanted = agent.isPresent() ? PageRequest.MAX_LIMIT * 5 : limit - items.size();
            ConnectionStore.Part part = store.list(tenant, agent, from, wanted);
            for (Recorded recorded : part.found()) {
                if (items.size() == limit) {
                    return Optional.of(items.getLast().connectionId());
                }
                if (gateways.isRunning(recorded.gateway())) {
                    items.add(ConnectionView.of(recorded));
                }
            }
            from = part.next();
            lookedAt += wanted;
        } while (from.isPresent() && items.size() < limit && lookedAt < LOOKED_AT);
        return from;
    }

    private ConnectionList addNats(
            List<ConnectionView> items,
            TenantRecord tenant,
            Optional<AgentId> agent,
            String after,
            int limit)
            throws InterruptedException {
        NatsDoor.Look look = door.look(tenant.slot());
        if (look.servers().isEmpty()) {
            return new ConnectionList(items, List.of(WEBSOCKET), Optional.empty());
        }
        List<ConnectionView> found =
                look.found().stream()
                        .filter(open -> open.owner().tenant().equals(tenant.tenantId()))
                        .filter(open -> agent.map(open.owner().agent()::equals).orElse(true))
                        .map(ConnectionView::of)
                        .filter(view -> view.connectionId().compareTo(after) > 0)
                        .sorted(Comparator.comparing(ConnectionView::connectionId))
                        .toList();
        int room = limit - items.size();
        items.addAll(found.subList(0, Math.min(room, found.size())));
        return new ConnectionList(
                items,
                List.of(WEBSOCKET, NATS),
                found.size() <= room
                        ? Optional.empty()
                        : Optional.of(
                                Cursor.of(
                                        scope(tenant.tenantId()),
                                        room == 0 ? after : items.getLast().connectionId())));
    }

    /** Ends one connection; false when the tenant has none with this id. */
    boolean end(TenantRecord tenant, String connectionId) throws InterruptedException {
        return connectionId.startsWith(ConnectionView.NATS)
                ? endNats(tenant, connectionId)
                : endSocket(tenant.tenantId(), connectionId);
    }

    private boolean endNats(TenantRecord tenant, String connectionId) throws InterruptedException {
        Slot slot = tenant.slot();
        NatsDoor.Look look = door.look(slot);
        if (look.servers().isEmpty()) {
            throw ErrorCode.UNAVAILABLE.because("No NATS server answers.");
        }
        for (NatsDoor.Found found : look.found()) {
            if (found.owner().tenant().equals(tenant.tenantId())
                    && ConnectionView.idOf(found).equals(connectionId)) {
                if (!door.kick(found)) {
                    throw ErrorCode.UNAVAILABLE.because("The NATS server did not end it.");
                }
                return true;
            }
        }
        return false;
    }

    private boolean endSocket(TenantId tenant, String connectionId) {
        for (OpenSocket socket : sockets.all()) {
            if (socket.connectionId().equals(connectionId)
                    && socket.admitted().tenantId().equals(tenant)) {
                socket.close(ErrorCode.FORBIDDEN, ENDED);
                return true;
            }
        }
        Optional<Recorded> recorded =
                store.find(tenant, connectionId)
                        .filter(found -> gateways.isRunning(found.gateway()));
        recorded.ifPresent(found -> bus.tell(found.connection(), ErrorCode.FORBIDDEN, ENDED));
        return recorded.isPresent();
    }
}
