package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.ConnectionOwner;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Ends agents' connections at the NATS door: one thread, which asks the servers for all that are
 * due at once. What has no room is given up and counted. Thread-safe.
 */
@ApplicationScoped
public class NatsCutOffs {

    private static final Logger LOG = Logger.getLogger(NatsCutOffs.class);

    private static final int AT_ONCE = 200;
    private static final int ATTEMPTS = 10;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final NatsDoor door;
    private final ConnectionConfig config;
    private final GatewayMeters meters;
    private final DelayQueue<Order> orders = new DelayQueue<>();
    private final Thread worker;

    NatsCutOffs(NatsDoor door, ConnectionConfig config, GatewayMeters meters) {
        this.door = door;
        this.config = config;
        this.meters = meters;
        this.worker = Thread.ofVirtual().name("nats-cut-offs").unstarted(this::work);
    }

    /**
     * @param ends which of the agent's connections
     * @param looked completed with the servers that answered and their times; empty for none
     * @param due by {@link System#nanoTime}
     */
    private record Order(
            ConnectionOwner.Agent owner,
            Predicate<NatsDoor.Found> ends,
            CompletableFuture<Map<String, Instant>> looked,
            long due)
            implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(
                    getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    public void start() {
        worker.start();
    }

    public void close() {
        worker.interrupt();
    }

    /** All of the agent's connections, and a little later those that were just being made. */
    public void end(ConnectionOwner.Agent owner) {
        attempt(owner, 1);
    }

    /**
     * Once, those of the agent's connections that are meant.
     *
     * @return whether a server could be asked; completed later
     */
    CompletableFuture<Boolean> end(ConnectionOwner.Agent owner, Predicate<NatsDoor.Found> ends) {
        return order(owner, ends, Duration.ZERO).thenApply(servers -> !servers.isEmpty());
    }

    private void attempt(ConnectionOwner.Agent owner, int attempt) {
        Duration delay = attempt == 1 ? Duration.ZERO : PAUSE;
        order(owner, _ -> true, delay)
                .thenAccept(servers -> {
                    if (!servers.isEmpty()) {
                        order(owner, found -> wasThere(found, servers), config.lookAgain());
                    } else if (attempt < ATTEMPTS) {
                        attempt(owner, attempt + 1);
                    } else {
                        meters.kickLost();
                    }
                });
    }

    /** Who has connected since was let in anew. */
    private static boolean wasThere(NatsDoor.Found found, Map<String, Instant> servers) {
        Instant then = servers.get(found.serverId());
        return then == null || !found.openedAt().isAfter(then);
    }

    private CompletableFuture<Map<String, Instant>> order(
            ConnectionOwner.Agent owner, Predicate<NatsDoor.Found> ends, Duration delay) {
        CompletableFuture<Map<String, Instant>> looked = new CompletableFuture<>();
        if (orders.size() >= config.pendingCutOffs()) {
            meters.kickLost();
        } else {
            orders.add(new Order(owner, ends, looked, System.nanoTime() + delay.toNanos()));
        }
        return looked;
    }

    private void work() {
        try {
            while (true) {
                List<Order> due = new ArrayList<>();
                due.add(orders.take());
                orders.drainTo(due, AT_ONCE - 1);
                carryOut(due);
            }
        } catch (InterruptedException _) {
            LOG.debugf("no more is ended at the NATS door");
        }
    }

    private void carryOut(List<Order> due) throws InterruptedException {
        Map<String, Instant> servers = new HashMap<>();
        try {
            NatsDoor.Look look = door.look(due.stream().map(Order::owner).distinct().toList());
            for (NatsDoor.Found found : look.found()) {
                if (due.stream().anyMatch(order -> isMeant(order, found))) {
                    kick(found);
                }
            }
            servers.putAll(look.servers());
        } catch (RuntimeException e) {
            LOG.errorf(e, "connections at the NATS door could not be ended");
        } finally {
            due.forEach(order -> order.looked().complete(servers));
        }
    }

    private static boolean isMeant(Order order, NatsDoor.Found found) {
        return order.owner().equals(found.owner()) && order.ends().test(found);
    }

    private void kick(NatsDoor.Found found) throws InterruptedException {
        boolean ended = door.kick(found);
        meters.kicked(ended);
        LOG.infof(
                "NATS client cut off tenant=%s agent=%s server=%s cid=%d ended=%s",
                found.owner().tenant(),
                found.owner().agent(),
                found.serverId(),
                found.cid(),
                ended);
    }
}
