package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.connection.OpenSockets;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.problem.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open sockets of this gateway. Thread-safe. */
@ApplicationScoped
public class AgentSockets implements OpenSockets {

    private final Map<AgentId, Deque<AgentSocket>> sockets = new HashMap<>(); // guarded by this
    private int size; // guarded by this
    private boolean draining; // guarded by this

    /**
     * Adds a socket.
     *
     * @return false when the gateway is going away
     */
    synchronized boolean add(AgentSocket socket) {
        if (draining) {
            return false;
        }
        sockets.computeIfAbsent(socket.agent(), _ -> new ArrayDeque<>()).addLast(socket);
        size++;
        return true;
    }

    synchronized void remove(AgentSocket socket) {
        Deque<AgentSocket> own = sockets.get(socket.agent());
        if (own != null && own.remove(socket)) {
            size--;
            if (own.isEmpty()) {
                sockets.remove(socket.agent());
            }
        }
    }

    public synchronized int size() {
        return size;
    }

    synchronized boolean isDraining() {
        return draining;
    }

    @Override
    public synchronized List<AgentSocket> of(AgentId agent) {
        return List.copyOf(sockets.getOrDefault(agent, new ArrayDeque<>()));
    }

    @Override
    public synchronized List<AgentSocket> all() {
        List<AgentSocket> open = new ArrayList<>(size);
        sockets.values().forEach(open::addAll);
        return open;
    }

    /** Lets no socket in any more, closes the open ones and waits until they are closed. */
    public boolean drain(Duration patience) {
        List<AgentSocket> open = new ArrayList<>();
        synchronized (this) {
            draining = true;
            sockets.values().forEach(open::addAll);
        }
        open.forEach(
                socket -> socket.close(ErrorCode.DRAINING, "this server is going away, reconnect"));
        long deadline = System.nanoTime() + patience.toNanos();
        for (AgentSocket socket : open) {
            if (!socket.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }
}
