package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.connection.store.ConnectionStore;
import ai.artcafe.gateway.connection.store.EndedStore;
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

/** A tenant's connections on all gateways and at the NATS door. Every method blocks. */
@ApplicationScoped
class Connections {

    private static final String WEBSOCKET = "websocket";
    private static final String NATS = "nats";

    /** What the positions of connections that have ended begin with; no id of an open one does. */
    private static final String ENDED = "ended-";

    /** Records that are looked at for one answer; a part with fewer items goes on all the same. */
    private static final int LOOKED_AT = 5000;

    private final ConnectionStore store;
    private final EndedStore endedStore;
    private final Gateways gateways;
    private final NatsDoor door;
    private final OpenSockets sockets;
    private final NatsCutOffs nats;
    private final Disconnects disconnects;

    Connections(
            ConnectionStore store,
            EndedStore endedStore,
            Gateways gateways,
            NatsDoor door,
            OpenSockets sockets,
            NatsCutOffs nats,
            Disconnects disconnects) {
        this.store = store;
        this.endedStore = endedStore;
        this.gateways = gateways;
        this.door = door;
        this.sockets = sockets;
        this.nats = nats;
        this.disconnects = disconnects;
    }

    /** Names the list in cursors. */
    static String scope(TenantId tenant, ListedConnections listed) {
        return "connections/" + listed.id() + "/" + tenant;
    }

    /**
     * Sockets in the order of their ids, then the NATS door's connections in that of theirs; then
     * those that have ended, the latest first.
     */
    ConnectionList list(
            TenantRecord tenant,
            Optional<AgentId> agent,
            ListedConnections listed,
            PageRequest page)
            throws InterruptedException {
        boolean ended =
                listed == ListedConnections.CLOSED
                        || page.after().filter(position -> position.startsWith(ENDED)).isPresent();
        Part part =
                ended
                        ? new Part(new ArrayList<>(), List.of(WEBSOCKET, NATS), Optional.empty())
                        : open(tenant, agent, page);
        Optional<String> next = part.next();
        if (next.isEmpty() && listed != ListedConnections.OPEN) {
            next =
                    part.items().size() == page.limit()
                            ? Optional.of(ENDED)
                            : addEnded(part.items(), tenant.tenantId(), agent, page, ended);
        }
        return new ConnectionList(
                part.items(),
                part.doors(),
                next.map(position -> Cursor.of(scope(tenant.tenantId(), listed), position)));
    }

    /**
     * A part of the list.
     *
     * @param next the position after which it goes on
     */
    private record Part(List<ConnectionView> items, List<String> doors, Optional<String> next) {}

    private Optional<String> addEnded(
            List<ConnectionView> items,
            TenantId tenant,
            Optional<AgentId> agent,
            PageRequest page,
            boolean goesOn) {
        Optional<String> from =
                page.after()
                        .filter(position -> goesOn && position.length() > ENDED.length())
                        .map(position -> position.substring(ENDED.length()));
        int lookedAt = 0;
        do {
            int wanted =
                    agent.isPresent() ? PageRequest.MAX_LIMIT * 5 : page.limit() - items.size();
            EndedStore.Part part = endedStore.list(tenant, agent, from, wanted);
            for (EndedStore.Kept kept : part.found()) {
                if (items.size() == page.limit()) {
                    return from.map(position -> ENDED + position);
                }
                items.add(ConnectionView.of(kept.ended()));
                from = Optional.of(kept.position());
            }
            from = part.next();
            lookedAt += wanted;
        } while (from.isPresent() && items.size() < page.limit() && lookedAt < LOOKED_AT);
        return from.map(position -> ENDED + position);
    }

    private Part open(TenantRecord tenant, Optional<AgentId> agent, PageRequest page)
            throws InterruptedException {
        List<ConnectionView> items = new ArrayList<>();
        Optional<String> after = page.after();
        if (after.filter(id -> id.startsWith(ConnectionView.NATS)).isEmpty()) {
            Optional<String> next =
                    addSockets(items, tenant.tenantId(), agent, after, page.limit());
            if (next.isPresent()) {
                return new Part(items, List.of(WEBSOCKET, NATS), next);
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

    private Part addNats(
            List<ConnectionView> items,
            TenantRecord tenant,
            Optional<AgentId> agent,
            String after,
            int limit)
            throws InterruptedException {
        NatsDoor.Look look = door.look(tenant.slot());
        if (look.servers().isEmpty()) {
            return new Part(items, List.of(WEBSOCKET), Optional.empty());
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
        return new Part(
                items,
                List.of(WEBSOCKET, NATS),
                found.size() <= room
                        ? Optional.empty()
                        : Optional.of(room == 0 ? after : items.getLast().connectionId()));
    }

    /** Ends one connection; empty when the tenant has none open with this id. */
    Optional<Disconnects.Outcome> end(TenantRecord tenant, String connectionId)
            throws InterruptedException {
        return connectionId.startsWith(ConnectionView.NATS)
                ? endNats(tenant, connectionId)
                : endSocket(tenant.tenantId(), connectionId);
    }

    private Optional<Disconnects.Outcome> endNats(TenantRecord tenant, String connectionId)
            throws InterruptedException {
        Slot slot = tenant.slot();
        NatsDoor.Look look = door.look(slot);
        if (look.servers().isEmpty()) {
            throw ErrorCode.UNAVAILABLE.because("No NATS server answers.");
        }
        for (NatsDoor.Found found : look.found()) {
            if (found.owner().tenant().equals(tenant.tenantId())
                    && ConnectionView.connection(found).connectionId().equals(connectionId)) {
                if (!nats.kick(found, EndReason.DISCONNECTED)) {
                    throw ErrorCode.UNAVAILABLE.because("The NATS server did not end it.");
                }
                return Optional.of(new Disconnects.Outcome(1, true));
            }
        }
        return Optional.empty();
    }

    private Optional<Disconnects.Outcome> endSocket(TenantId tenant, String connectionId) {
        for (OpenSocket socket : sockets.all()) {
            if (socket.connectionId().equals(connectionId)
                    && socket.admitted().tenantId().equals(tenant)) {
                return Optional.of(disconnects.disconnect(socket));
            }
        }
        return store.find(tenant, connectionId)
                .filter(found -> gateways.isRunning(found.gateway()))
                .map(found -> disconnects.disconnect(found.connection()));
    }
}
