package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.usage.ReadingSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The agents that have connected and whose connections at both doors are still to be counted: each
 * once for each source, however often it connects. Those that have no room are not counted until
 * they connect again. Thread-safe, never blocks.
 */
@ApplicationScoped
public class Arrivals {

    private final int capacity;
    private final ReadingSource own;
    private final GatewayMeters meters;
    private final Clock clock;
    private final Map<Key, Times> waiting = new LinkedHashMap<>(); // guarded by this

    private record Key(ConnectionOwner.Agent owner, ReadingSource source) {}

    private record Times(Instant first, Instant last) {}

    @Inject
    Arrivals(ConnectionConfig config, GatewayIdentity gateway, GatewayMeters meters, Clock clock) {
        this(config.arrivals(), gateway, meters, clock);
    }

    Arrivals(int capacity, GatewayIdentity gateway, GatewayMeters meters, Clock clock) {
        this.capacity = capacity;
        this.own = ReadingSource.gateway(gateway.id(), gateway.epoch());
        this.meters = meters;
        this.clock = clock;
    }

    /** The agent is let in at the NATS door, by this server. */
    public void nats(ConnectionOwner.Agent owner, String serverId) {
        add(owner, ReadingSource.natsServer(serverId));
    }

    /** The agent has a new socket here. One without an NKey has nothing at the NATS door. */
    void socket(Agent agent) {
        if (agent.nkeyPublicKey().isPresent()) {
            add(new ConnectionOwner.Agent(agent.tenantId(), agent.agentId()), own);
        }
    }

    private synchronized void add(ConnectionOwner.Agent owner, ReadingSource source) {
        Instant now = clock.instant();
        Key key = new Key(owner, source);
        Times times = waiting.get(key);
        if (times != null) {
            waiting.put(key, new Times(times.first(), now));
        } else if (waiting.size() < capacity) {
            waiting.put(key, new Times(now, now));
        } else {
            meters.arrival(GatewayMeters.NO_ROOM);
        }
    }

    /** Those that have waited since then, the longest first. */
    synchronized List<Arrival> before(Instant then) {
        List<Arrival> due = new ArrayList<>();
        waiting.forEach((key, times) -> {
            if (!times.first().isAfter(then)) {
                due.add(new Arrival(key.owner(), key.source(), times.first()));
            }
        });
        return due;
    }

    /** It has been looked at; what has come since then waits anew. */
    synchronized void done(Arrival arrival) {
        Key key = new Key(arrival.owner(), arrival.source());
        Times times = waiting.remove(key);
        if (times != null && times.last().isAfter(times.first())) {
            waiting.put(key, new Times(times.last(), times.last()));
        }
    }

    synchronized int size() {
        return waiting.size();
    }
}
