package ai.artcafe.system.bench;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.system.load.Crowd;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What it costs to count: the CPU time of the tracker, and what the NATS server spends more than it
 * does without a tracker under the same connections and messages; how much of it follows from what
 * exists and how much from what changes; and how late usage is.
 */
final class LedgerBench {

    /** What the open connections do. */
    private enum State {
        IDLE("idle"),
        ONE_PERCENT_OF_ONE_TENANT("1 % active, in one tenant"),
        ONE_PERCENT_OF_ALL("1 % active, in all tenants"),
        ALL("100 % active");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    /**
     * Medians of a state, in percent of one core.
     *
     * @param redis round trips a second
     */
    private record Cost(double tracker, double nats, double redis) {}

    private static final int RUSH = 5_000;
    private static final int RUSH_MESSAGES = 3;
    private static final int SAMPLES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Percent of one core, for tracker and server together. */
    private static final double GOAL_PERCENT = 5;

    private static final double GOAL_FRESH_MILLIS = 1000;

    private final Platform platform;
    private final int connections;
    private final int rounds;
    private final Duration turn;
    private final Consumer<String> progress;
    private final Crowd crowd;
    private final UsageApi usage;
    private final RedisCounters redis;

    /**
     * @param platform without a tracker as yet
     * @param connections that are open while it is measured what counting costs
     */
    LedgerBench(
            Platform platform,
            int connections,
            int rounds,
            Duration turn,
            Consumer<String> progress) {
        this.platform = platform;
        this.connections = connections;
        this.rounds = rounds;
        this.turn = turn;
        this.progress = progress;
        this.crowd = Crowd.register(platform, tenants(connections));
        this.usage = new UsageApi(platform);
        this.redis = new RedisCounters(platform.stack().redisUrl());
    }

    /** How many tenants it takes for so many connections. */
    static int tenants(int connections) {
        return Math.max(1, (connections + Crowd.MOST_IN_A_TENANT - 1) / Crowd.MOST_IN_A_TENANT);
    }

    List<Figure> run() throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (crowd) {
            progress.accept("ledger: opening %,d connections".formatted(connections));
            crowd.open(connections);
            carryOn(State.ALL, turn);
            carryOn(State.IDLE, turn);
            Map<State, Cost> alone = measureAll("without a tracker");
            platform.service(Service.TRACKER).start();
            awaitAllBooked();
            progress.accept("ledger: warming up the tracker");
            carryOn(State.ALL, turn.multipliedBy(2));
            carryOn(State.IDLE, turn.multipliedBy(2));
            Map<State, Cost> counted = measureAll("with the tracker");
            alone.forEach(
                    (state, cost) -> cost(state, counted.getOrDefault(state, cost), cost, figures));
            freshness(figures);
        }
        rush(figures);
        return figures;
    }

    private Map<State, Cost> measureAll(String how) {
        Map<State, Cost> costs = new EnumMap<>(State.class);
        for (State state : State.values()) {
            Cost cost = measure(state);
            costs.put(state, cost);
            progress.accept(
                    "ledger: %s, %s: tracker %.1f %%, nats-server %.1f %%"
                            .formatted(state.text, how, cost.tracker, cost.nats));
        }
        return costs;
    }

    private Cost measure(State state) {
        boolean tracked = platform.service(Service.TRACKER).isRunning();
        double[] tracker = new double[rounds];
        double[] nats = new double[rounds];
        double[] reads = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            Duration trackerBefore = tracked ? cpu(tracker()) : Duration.ZERO;
            Duration natsBefore = cpu(nats());
            long readsBefore = redis.reads();
            carryOn(state, turn);
            Duration wall = Duration.ofNanos(System.nanoTime() - begin);
            tracker[round] = tracked ? percent(cpu(tracker()).minus(trackerBefore), wall) : 0;
            nats[round] = percent(cpu(nats()).minus(natsBefore), wall);
            reads[round] = (redis.reads() - readsBefore) / (wall.toNanos() / 1e9);
        }
        return new Cost(
                Comparison.median(tracker), Comparison.median(nats), Comparison.median(reads));
    }

    private void carryOn(State state, Duration time) {
        int onePercent = Math.max(1, connections / 100);
        switch (state) {
            case IDLE -> LockSupport.parkNanos(time.toNanos());
            case ONE_PERCENT_OF_ONE_TENANT -> crowd.talk(onePercent, 1, time);
            case ONE_PERCENT_OF_ALL -> crowd.talk(onePercent, connections / onePercent, time);
            case ALL -> crowd.talk(connections, 1, time);
        }
    }

    private ProcessHandle tracker() {
        return ProcessHandle.of(platform.service(Service.TRACKER).pid()).orElseThrow();
    }

    private ProcessHandle nats() {
        return ProcessHandle.of(platform.stack().nats().pid()).orElseThrow();
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static double percent(Duration cpu, Duration wall) {
        return 100.0 * cpu.toNanos() / wall.toNanos();
    }

    private void cost(State state, Cost counted, Cost alone, List<Figure> figures) {
        String title = "ledger, %,d open, %s".formatted(connections, state.text);
        String unit = "% of a core";
        double together = counted.tracker + counted.nats - alone.nats;
        figures.add(Figure.of(title, "tracker", counted.tracker, unit));
        figures.add(Figure.of(title, "nats-server", counted.nats, unit));
        figures.add(Figure.of(title, "nats-server without a tracker", alone.nats, unit));
        Figure counting = Figure.of(title, "counting, both together", together, unit);
        figures.add(state == State.IDLE ? counting.withGoal(GOAL_PERCENT) : counting);
        figures.add(Figure.of(title, "Redis", counted.redis - alone.redis, "trips/s"));
    }

    private void freshness(List<Figure> figures) throws InterruptedException {
        progress.accept("ledger: how late usage is, %d times".formatted(SAMPLES));
        awaitAllBooked();
        Random random = new Random(SAMPLES);
        double[] millis = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            LockSupport.parkNanos(random.nextLong(1_000_000_000));
            TenantId tenant = crowd.tenants().getFirst();
            long before = usage.of(tenant).published().messages();
            long begin = System.nanoTime();
            crowd.sayOnce();
            Waiting.until(
                    PATIENCE,
                    "a message to be counted",
                    () -> usage.of(tenant).published().messages() > before);
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(millis);
        String title = "freshness, publish to API";
        figures.add(Figure.of(title, "p50", millis[SAMPLES / 2], "ms"));
        figures.add(Figure.of(title, "p99", millis[SAMPLES - 2], "ms").withGoal(GOAL_FRESH_MILLIS));
    }

    /** Connections that are gone again before or after a poll, and are booked all the same. */
    private void rush(List<Figure> figures) throws InterruptedException {
        progress.accept("ledger: %,d connections come and go".formatted(RUSH));
        long begin = System.nanoTime();
        crowd.rush(RUSH, RUSH_MESSAGES);
        double took = (System.nanoTime() - begin) / 1e9;
        awaitAllBooked();
        double booked = (System.nanoTime() - begin) / 1e9;
        String title = "churn, %,d connections".formatted(RUSH);
        figures.add(Figure.of(title, "opened, used and closed within", took, "s"));
        figures.add(Figure.of(title, "all booked after another", booked - took, "s"));
    }

    /** All connections and messages of the crowd are in the usage API, to the last. */
    private void awaitAllBooked() throws InterruptedException {
        UsageTotals carried = crowd.carried();
        UsageTotals[] booked = {UsageTotals.NONE};
        try {
            Waiting.until(
                    PATIENCE,
                    "everything to be booked",
                    () -> {
                        booked[0] =
                                crowd.tenants().stream()
                                        .map(usage::of)
                                        .reduce(UsageTotals.NONE, UsageTotals::plus);
                        return booked[0].equals(carried);
                    });
        } catch (IllegalStateException e) {
            throw new IllegalStateException("carried " + carried + ", booked " + booked[0], e);
        }
    }
}
