package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.system.platform.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Random agents of several tenants at both doors, who know exactly what they have carried: they
 * come and go, in order and with resets, say things of all sizes with and without headers, and
 * listen. Runs until it is closed; while it {@linkplain #rest rests}, its {@link #truth} is exact.
 *
 * <p>One thread uses it.
 */
public final class TruthfulLoad implements AccountedLoad {

    private static final System.Logger LOG = System.getLogger(TruthfulLoad.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final long STEP_NANOS = 10_000_000;

    /**
     * How much of it.
     *
     * @param tenants made for it
     * @param circles of agents that talk among themselves, in each tenant
     * @param agents in each circle, of both doors in turn
     * @param pause of a circle between two rounds, on average
     * @param gateways how many of the platform's gateways it uses
     * @param hearing for how long it waits for a message before it asks whether that is lost
     */
    public record Plan(
            List<TenantId> tenants,
            int circles,
            int agents,
            Duration pause,
            int gateways,
            Duration hearing) {

        /** A modest load on one gateway, where messages are lost. */
        public static Plan modest(List<TenantId> tenants) {
            return new Plan(tenants, 4, 4, Duration.ofMillis(100), 1, Duration.ofSeconds(3));
        }

        public Plan onGateways(int number) {
            return new Plan(tenants, circles, agents, pause, number, hearing);
        }

        /** No message is taken for lost because the machine is slow. */
        public Plan whereNothingIsLost() {
            return new Plan(tenants, circles, agents, pause, gateways, Duration.ofSeconds(60));
        }
    }

    private final long seed;
    private final Instant began = Instant.now();
    private final Duration pause;
    private final List<Circle> circles = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> doubts = new ConcurrentLinkedQueue<>();
    private final AtomicLong published = new AtomicLong();
    private final ReentrantReadWriteLock resting = new ReentrantReadWriteLock(true);
    private volatile boolean closing;

    private TruthfulLoad(long seed, Duration pause) {
        this.seed = seed;
        this.pause = pause;
    }

    /**
     * Registers everybody and begins. The seed is random, unless {@code artcafe.load.seed} is set.
     */
    public static TruthfulLoad begin(Platform platform, Plan plan) {
        long seed = Long.getLong("artcafe.load.seed", ThreadLocalRandom.current().nextLong());
        TruthfulLoad load = new TruthfulLoad(seed, plan.pause);
        Random seeds = new Random(seed);
        Doors doors = Doors.of(platform, plan.gateways);
        for (TenantId tenant : plan.tenants) {
            doors.createTenant(tenant);
            for (int circle = 0; circle < plan.circles; circle++) {
                String name = "c" + circle;
                List<LoadAgent> agents = new ArrayList<>();
                for (int agent = 0; agent < plan.agents; agent++) {
                    Door door = agent % 2 == 0 ? Door.NATS : Door.WEBSOCKET;
                    AgentId id = new AgentId(tenant + "-" + name + "-" + agent);
                    agents.add(doors.enrol(tenant, id, door));
                }
                load.circles.add(
                        new Circle(
                                tenant,
                                name,
                                agents,
                                new Random(seeds.nextLong()),
                                plan.hearing,
                                load.doubts::add));
            }
        }
        for (Circle circle : load.circles) {
            load.threads.add(Thread.ofVirtual().start(() -> load.keepTalking(circle)));
        }
        return load;
    }

    private void keepTalking(Circle circle) {
        try {
            while (!closing) {
                resting.readLock().lock();
                try {
                    if (!closing) {
                        published.addAndGet(circle.round());
                    }
                } finally {
                    resting.readLock().unlock();
                }
                LockSupport.parkNanos(
                        ThreadLocalRandom.current().nextLong(2 * pause.toNanos() + 1));
            }
        } catch (RuntimeException e) {
            doubts.add("a circle broke up: " + e);
        }
    }

    /**
     * Returns when so many more messages have been published, as many as it takes to be sure that
     * whatever was broken was broken under load.
     */
    public void carry(long messages) {
        long target = published.get() + messages;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (published.get() < target) {
            if (System.nanoTime() > deadline || Thread.interrupted()) {
                throw new IllegalStateException(
                        "the load published " + published + " messages, not " + target);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    @Override
    public void rest() {
        try {
            if (!resting.writeLock().tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("the load did not come to rest in " + PATIENCE);
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "Load rests: seed={0,number,#} published={1,number,#} lossy_rounds={2,number,#}",
                    seed,
                    published.get(),
                    lossyRounds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void resume() {
        resting.writeLock().unlock();
    }

    @Override
    public Truth truth() {
        Map<TenantId, Map<AgentId, UsageTotals>> usage = new HashMap<>();
        for (Circle circle : circles) {
            Map<AgentId, UsageTotals> agents =
                    usage.computeIfAbsent(circle.tenant(), _ -> new HashMap<>());
            circle.agents().forEach(agent -> agents.put(agent.id(), agent.carried()));
        }
        return new Truth(seed, usage);
    }

    @Override
    public Instant began() {
        return began;
    }

    @Override
    public List<String> doubts() {
        return List.copyOf(doubts);
    }

    /** In how many rounds something that was said did not arrive; known while it rests. */
    public long lossyRounds() {
        return circles.stream().mapToLong(Circle::lossyRounds).sum();
    }

    /** Ends all connections in order. */
    @Override
    public void close() {
        closing = true;
        if (!resting.isWriteLockedByCurrentThread()) {
            rest();
        }
        circles.forEach(Circle::end);
        resume();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
