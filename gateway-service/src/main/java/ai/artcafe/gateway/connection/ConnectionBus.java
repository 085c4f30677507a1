package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Tells other gateways which sockets open and close here, several times a second and in few
 * messages, and hears it from them. What was lost is repaired by the next listing of all. What
 * waits to be told is no more than what is open here, and what has closed since the last message.
 */
@ApplicationScoped
class ConnectionBus {

    private static final Logger LOG = Logger.getLogger(ConnectionBus.class);
    private static final String KIND = "connections";

    /** Below the 1 MiB that NATS takes: some 200 bytes each. */
    private static final int IN_A_MESSAGE = 2000;

    private static final int MAX_CLOSED = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long ALIVE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LISTING_NANOS = Duration.ofSeconds(30).toNanos();

    private final String own;
    private final OpenSockets sockets;
    private final OtherGateways others;
    private final ConnectionLimit limit;
    private final MutinyEmitter<byte[]> bus;
    private final ObjectMapper json;
    private final GatewayMeters meters;
    private final Map<String, AgentConnection> opened = new LinkedHashMap<>(); // guarded by this
    private final Set<String> closed = new LinkedHashSet<>(); // guarded by this
    private boolean listing = true; // guarded by this
    private long listedAt = System.nanoTime(); // of the telling thread
    private boolean greeted; // of the telling thread
    private long saidAt = System.nanoTime() - ALIVE_NANOS; // of the telling thread

    ConnectionBus(
            GatewayIdentity gateway,
            OpenSockets sockets,
            OtherGateways others,
            ConnectionLimit limit,
            @Channel("connections-made") MutinyEmitter<byte[]> bus,
            ObjectMapper json,
            GatewayMeters meters) {
        this.own = gateway.run();
        this.sockets = sockets;
        this.others = others;
        this.limit = limit;
        this.bus = bus;
        this.json = json;
        this.meters = meters;
    }

    synchronized void opened(AgentConnection connection) {
        opened.put(connection.connectionId(), connection);
    }

    synchronized void closed(String connectionId) {
        if (opened.remove(connectionId) == null && closed.size() < MAX_CLOSED) {
            closed.add(connectionId);
        }
    }

    void leave() {
        send(notice(ConnectionsNotice.Word.GOODBYE));
    }

    /** Tells what is new, if anything is or nothing was said for a second. Blocks. */
    void tell() {
        if (!greeted) {
            greeted = send(notice(ConnectionsNotice.Word.HELLO));
        }
        long now = System.nanoTime();
        List<AgentConnection> open = new ArrayList<>();
        List<String> gone;
        synchronized (this) {
            if (listing || now - listedAt > LISTING_NANOS) {
                listing = false;
                listedAt = now;
                sockets.all().forEach(socket -> open.add(AgentConnection.of(socket)));
            } else {
                open.addAll(opened.values());
            }
            gone = List.copyOf(closed);
            opened.clear();
            closed.clear();
        }
        if (open.isEmpty() && gone.isEmpty() && now - saidAt < ALIVE_NANOS) {
            return;
        }
        saidAt = now;
        others.expire();
        if (open.size() <= IN_A_MESSAGE && gone.size() <= IN_A_MESSAGE) {
            send(changes(open, gone));
            return;
        }
        // what has closed comes last: it may be in the listing
        parts(open).forEach(part -> send(changes(part, List.of())));
        parts(gone).forEach(part -> send(changes(List.of(), part)));
    }

    private ConnectionsNotice notice(ConnectionsNotice.Word word) {
        return new ConnectionsNotice(own, word, List.of(), List.of());
    }

    private ConnectionsNotice changes(List<AgentConnection> open, List<String> gone) {
        return new ConnectionsNotice(own, ConnectionsNotice.Word.CHANGES, open, gone);
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IN_A_MESSAGE) {
            parts.add(all.subList(from, Math.min(from + IN_A_MESSAGE, all.size())));
        }
        return parts;
    }

    private boolean send(ConnectionsNotice notice) {
        try {
            bus.send(json.writeValueAsBytes(notice)).await().atMost(PATIENCE);
            return true;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a notice cannot be written as JSON", e);
        } catch (RuntimeException e) {
            meters.untold(KIND);
            LOG.debugf(
                    "other gateways were not told of connections reason=%s",
                    String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** A throwable that leaves this method would be swallowed without a word. */
    @Incoming("connections")
    @RunOnVirtualThread
    CompletionStage<Void> take(Message<List<byte[]>> batch) {
        for (byte[] payload : batch.getPayload()) {
            try {
                ConnectionsNotice notice = json.readValue(payload, ConnectionsNotice.class);
                if (!notice.from().equals(own)) {
                    hear(notice);
                }
            } catch (IOException | RuntimeException e) {
                LOG.warnf(
                        "what a gateway said of its connections was not understood bytes=%d"
                                + " reason=%s",
                        payload.length, String.valueOf(e.getMessage()));
            }
        }
        return batch.ack();
    }

    private void hear(ConnectionsNotice notice) {
        others.take(notice);
        if (notice.word() == ConnectionsNotice.Word.HELLO) {
            synchronized (this) {
                listing = true;
            }
        }
        Set<AgentId> agents = new HashSet<>();
        notice.opened().forEach(connection -> agents.add(connection.agentId()));
        agents.forEach(limit::apply);
    }
}
