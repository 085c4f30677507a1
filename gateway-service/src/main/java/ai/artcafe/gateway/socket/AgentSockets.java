package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.connection.OpenSockets;
import ai.artcafe.model.identity.AgentId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The open sockets of this gateway. Thread-safe. */
@ApplicationScoped
public class AgentSockets implements OpenSockets {

    /** How many sockets are told to leave in a millisecond. */
    private static final int LEAVING_PER_MS = 2;

    /** Sockets come back at random within a millisecond for each of them, but within this. */
    private static final long MIN_COME_BACK_MS = 1000;

    private static final long MAX_COME_BACK_MS = 30_000;

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

    /**
     * Lets no socket in any more, and has the open ones leave: one after the other, each told when
     * to come back, so that they do not all knock at the next door at once.
     *
     * @return whether all of them closed in time
     */
    public boolean drain(Duration patience) {
        List<AgentSocket> open;
        synchronized (this) {
            draining = true;
            open = all();
        }
        long spread = Math.min(patience.toMillis() / 2, open.size() / LEAVING_PER_MS);
        long settling = patience.toMillis() / 4;
        long comeBackWithin = Math.clamp(open.size(), MIN_COME_BACK_MS, MAX_COME_BACK_MS);
        for (int i = 0; i < open.size(); i++) {
            open.get(i)
                    .leave(
                            spread * i / open.size(),
                            settling,
                            1 + ThreadLocalRandom.current().nextLong(comeBackWithin));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        for (AgentSocket socket : open) {
            if (!socket.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }
}
