package ai.artcafe.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.broker.TestAgents;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that come, are used and go within milliseconds, while parts are killed. */
@Timeout(600)
class ConnectionChurnIT {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int AGENTS = 8;
    private static final List<TenantId> TENANTS =
            List.of(new TenantId("acme"), new TenantId("globex"));

    private static LocalStack stack;

    private TestStores stores;
    private TestAgents agents;

    /** What was sent for certain: every publish was flushed before its connection closed. */
    private final List<LongAdder> messages = adders();

    private final List<LongAdder> bytes = adders();
    private final List<LongAdder> connections = adders();

    @BeforeAll
    static void startStack() {}

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void start() throws Exception {
        stack = LocalStack.builder().slots(4).inMemory().start();
        stores = new TestStores(stack, Map.of("artcafe.ledger.timeout", "1s"));
        stores.renew();
        agents = new TestAgents(stack);
    }

    @AfterEach
    void stop() throws Exception {
        agents.close();
        stores.close();
    }

    @Test
    void is_counted_to_the_message_and_the_byte() throws Exception {
        try (Tracker tracker = TrackerUnderTest.start(stack, stores)) {
            await().atMost(SOON).until(() -> tracker.feed().isListening());
            try (Churn churn = new Churn()) {
                churn.awaitConnections(600);
            }
            awaitExact();
        }
    }

    @Test
    void is_counted_exactly_though_the_tracker_is_killed_and_started_again() throws Exception {
        try (Churn churn = new Churn()) {
            for (int i = 1; i <= 3; i++) {
                Tracker killed = TrackerUnderTest.start(stack, stores);
                churn.awaitConnections(i * 200);
                TrackerUnderTest.kill(killed);
                churn.awaitConnections(i * 200 + 100);
            }
        }
        try (Tracker last = TrackerUnderTest.start(stack, stores)) {
            await().atMost(SOON).until(() -> last.feed().isListening());
            awaitExact();
        }
    }

    @Test
    void is_counted_exactly_by_two_trackers_at_once() throws Exception {
        try (Tracker one = TrackerUnderTest.start(stack, stores);
                Tracker two = TrackerUnderTest.start(stack, stores)) {
            await().atMost(SOON).until(() -> one.feed().isListening() && two.feed().isListening());
            try (Churn churn = new Churn()) {
                churn.awaitConnections(400);
            }
            awaitExact();
        }
    }

    @Test
    void is_counted_exactly_though_redis_is_killed_and_comes_back_with_its_log() throws Exception {
        try (Tracker tracker = TrackerUnderTest.start(stack, stores)) {
            await().atMost(SOON).until(() -> tracker.feed().isListening());
            try (Churn churn = new Churn()) {
                for (int i = 1; i <= 3; i++) {
                    churn.awaitConnections(i * 200 - 100);
                    stack.redis().kill();
                    churn.awaitConnections(i * 200);
                    stack.redis().start();
                }
            }
            awaitExact();
        }
    }

    private void awaitExact() {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    UsageTotals global = UsageTotals.NONE;
                    for (int t = 0; t < TENANTS.size(); t++) {
                        UsageTotals expected = UsageTotals.NONE;
                        for (int a = 0; a < AGENTS; a++) {
                            UsageTotals agent = expected(t, a);
                            assertThat(stores.redis().totals(TENANTS.get(t), agent(t, a)))
                                    .isEqualTo(agent);
                            assertThat(stores.redis().open(TENANTS.get(t), agent(t, a))).isZero();
                            expected = expected.plus(agent);
                        }
                        assertThat(stores.redis().totals(TENANTS.get(t))).isEqualTo(expected);
                        global = global.plus(expected);
                    }
                    assertThat(UsageFields.read(stores.redis().hash(RedisKeys.GLOBAL)))
                            .isEqualTo(global);
                });
    }

    private UsageTotals expected(int tenant, int agent) {
        int i = tenant * AGENTS + agent;
        return new UsageTotals(
                new Traffic(messages.get(i).sum(), bytes.get(i).sum()),
                Traffic.NONE,
                Traffic.NONE,
                connections.get(i).sum());
    }

    private static AgentId agent(int tenant, int agent) {
        return new AgentId("a" + tenant + "-" + agent);
    }

    private static List<LongAdder> adders() {
        List<LongAdder> adders = new ArrayList<>();
        for (int i = 0; i < TENANTS.size() * AGENTS; i++) {
            adders.add(new LongAdder());
        }
        return adders;
    }

    /** Opens, uses and closes connections on some threads until it is closed. */
    private final class Churn implements AutoCloseable {

        private final AtomicBoolean stopping = new AtomicBoolean();
        private final ExecutorService threads = Executors.newFixedThreadPool(6);
        private final List<Future<?>> running = new ArrayList<>();

        Churn() {
            for (int i = 0; i < 6; i++) {
                running.add(threads.submit(this::run));
            }
        }

        private Void run() throws Exception {
            while (!stopping.get()) {
                ThreadLocalRandom random = ThreadLocalRandom.current();
                int t = random.nextInt(TENANTS.size());
                int a = random.nextInt(AGENTS);
                int i = t * AGENTS + a;
                try (Connection connection =
                        agents.connect(
                                new ConnectionOwner.Agent(TENANTS.get(t), agent(t, a)),
                                Slot.number(t + 1))) {
                    connections.get(i).increment();
                    int count = random.nextInt(40);
                    for (int m = 0; m < count; m++) {
                        byte[] payload = new byte[random.nextInt(300)];
                        connection.publish("tenant." + TENANTS.get(t) + ".x", payload);
                        messages.get(i).increment();
                        bytes.get(i).add(payload.length);
                    }
                    connection.flush(SOON);
                }
            }
            return null;
        }

        void awaitConnections(long count) {
            await().atMost(SOON)
                    .until(() -> {
                        for (Future<?> thread : running) {
                            if (thread.isDone()) {
                                thread.get();
                            }
                        }
                        return connections.stream().mapToLong(LongAdder::sum).sum() >= count;
                    });
        }

        @Override
        public void close() throws Exception {
            stopping.set(true);
            for (Future<?> thread : running) {
                thread.get(120, TimeUnit.SECONDS);
            }
            threads.shutdown();
        }
    }
}
