package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.EndReason;
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
import java.util.Optional;
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
    private final Endings endings;
    private final ConnectionConfig config;
    private final GatewayMeters meters;
    private final DelayQueue<Order> orders = new DelayQueue<>();
    private final Thread worker;

    NatsCutOffs(NatsDoor door, Endings endings, ConnectionConfig config, GatewayMeters meters) {
        this.door = door;
        this.endings = endings;
        this.config = config;
        this.meters = meters;
        this.worker = Thread.ofVirtual().name("nats-cut-offs").unstarted(this::work);
    }

    /**
     * @param ends which of the agent's connections
     * @param reason why they end
     * @param due by {@link System#nanoTime}
     */
    private record Order(
            ConnectionOwner.Agent owner,
            Predicate<NatsDoor.Found> ends,
            EndReason reason,
            CompletableFuture<Done> done,
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

    /**
     * What became of an order.
     *
     * @param servers those that answered, with their times; empty for none
     * @param ended how many connections were ended
     */
    record Done(Map<String, Instant> servers, int ended) {

        /** Whether a server could be asked. */
        boolean isDone() {
            return !servers.isEmpty();
        }
    }

    public void start() {
        worker.start();
    }

    public void close() {
        worker.interrupt();
    }

    /**
     * All of the agent's connections, and a little later those that were just being made.
     *
     * @return what became of the first attempt; completed later
     */
    CompletableFuture<Done> end(ConnectionOwner.Agent owner, EndReason reason) {
        return attempt(owner, reason, 1);
    }

    /**
     * Once, those of the agent's connections that are meant.
     *
     * @return what became of it; completed later
     */
    CompletableFuture<Done> end(
            ConnectionOwner.Agent owner, EndReason reason, Predicate<NatsDoor.Found> ends) {
        return order(owner, ends, reason, Duration.ZERO);
    }

    private CompletableFuture<Done> attempt(
            ConnectionOwner.Agent owner, EndReason reason, int attempt) {
        CompletableFuture<Done> done =
                order(owner, _ -> true, reason, attempt == 1 ? Duration.ZERO : PAUSE);
        done.thenAccept(first -> {
            if (first.isDone()) {
                order(owner, found -> wasThere(found, first.servers()), reason, config.lookAgain());
            } else if (attempt < ATTEMPTS) {
                attempt(owner, reason, attempt + 1);
            } else {
                meters.kickLost();
            }
        });
        return done;
    }

    /** Who has connected since was let in anew. */
    private static boolean wasThere(NatsDoor.Found found, Map<String, Instant> servers) {
        Instant then = servers.get(found.serverId());
        return then == null || !found.openedAt().isAfter(then);
    }

    private CompletableFuture<Done> order(
            ConnectionOwner.Agent owner,
            Predicate<NatsDoor.Found> ends,
            EndReason reason,
            Duration delay) {
        CompletableFuture<Done> done = new CompletableFuture<>();
        if (orders.size() >= config.pendingCutOffs()) {
            meters.kickLost();
        } else {
            orders.add(new Order(owner, ends, reason, done, System.nanoTime() + delay.toNanos()));
        }
        return done;
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
        Map<ConnectionOwner.Agent, Integer> ended = new HashMap<>();
        try {
            NatsDoor.Look look = door.look(due.stream().map(Order::owner).distinct().toList());
            for (NatsDoor.Found found : look.found()) {
                Optional<Order> meant =
                        due.stream().filter(order -> isMeant(order, found)).findFirst();
                if (meant.isPresent() && kick(found, meant.get().reason())) {
                    ended.merge(found.owner(), 1, Integer::sum);
                }
            }
            servers.putAll(look.servers());
        } catch (RuntimeException e) {
            LOG.errorf(e, "connections at the NATS door could not be ended");
        } finally {
            due.forEach(order ->
                    order.done().complete(new Done(servers, ended.getOrDefault(order.owner(), 0))));
        }
    }

    private static boolean isMeant(Order order, NatsDoor.Found found) {
        return order.owner().equals(found.owner()) && order.ends().test(found);
    }

    /** Ends one connection at once; false when its server does not say that it has. Blocks. */
    boolean kick(NatsDoor.Found found, EndReason reason) throws InterruptedException {
        boolean ended = door.kick(found);
        meters.kicked(ended);
        if (ended) {
            endings.kicked(found, reason);
        }
        LOG.infof(
                "NATS client cut off tenant=%s agent=%s server=%s cid=%d reason=%s ended=%s",
                found.owner().tenant(),
                found.owner().agent(),
                found.serverId(),
                found.cid(),
                reason.id(),
                ended);
        return ended;
    }
}
