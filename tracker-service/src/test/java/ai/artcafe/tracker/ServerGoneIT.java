package ai.artcafe.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.broker.TestAgents;
import io.nats.client.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The only NATS server ends, in order or not, and comes back under a new id. */
class ServerGoneIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    /** How late a machine that does other things may read. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final Slot SLOT = Slot.number(1);
    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");

    private static LocalStack stack;

    private TestStores stores;
    private TestAgents agents;

    @BeforeAll
    static void startStack() {}

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void start() throws Exception {
        stack = LocalStack.builder().inMemory().start();
        stores = new TestStores(stack, Map.of());
        stores.renew();
        agents = new TestAgents(stack);
    }

    @AfterEach
    void stop() throws Exception {
        agents.close();
        stores.close();
    }

    @Test
    void a_server_that_was_killed_leaves_as_soon_as_another_is_in_its_place() throws Exception {
        try (Tracker tracker = listening()) {
            String server = publishSomething();
            stack.nats().kill();
            Instant killed = Instant.now();
            await().atMost(SOON).until(() -> !tracker.feed().isListening());
            assertThat(stores.ledger().sources()).containsOnlyKeys("n:" + server);
            assertThat(completeThrough()).isBetween(killed.minus(SLACK), killed);

            stack.nats().start();

            awaitOtherThan(server);
            assertThat(completeThrough()).isAfter(killed);
            assertGap(server, killed);
        }
    }

    @Test
    void a_server_that_shuts_down_leaves_at_once() throws Exception {
        try (Tracker tracker = listening()) {
            String server = publishSomething();
            Instant stopped = Instant.now();
            stack.nats().stop();

            await().atMost(SOON).until(() -> stores.ledger().sources().isEmpty());
            assertGap(server, stopped);
            stack.nats().start();
            awaitOtherThan(server);
            assertThat(tracker.table().unaccounted()).isZero();
        }
    }

    @Test
    void a_server_that_ended_while_no_tracker_was_there_leaves_soon_and_honestly()
            throws Exception {
        String server;
        try (Tracker tracker = listening()) {
            assertThat(tracker.feed().isListening()).isTrue();
            server = publishSomething();
            TrackerUnderTest.kill(tracker);
        }
        Instant killed = Instant.now();
        stack.nats().kill();
        stack.nats().start();
        try (Tracker tracker = listening()) {
            assertThat(tracker.feed().isListening()).isTrue();
            assertThat(completeThrough()).isBefore(killed);

            await().atMost(Duration.ofSeconds(25))
                    .until(() -> !stores.ledger().sources().containsKey("n:" + server));
            assertThat(completeThrough()).isAfter(killed);
            assertThat(gap(server).from()).isBefore(killed);
            assertThat(gap(server).to()).isAfter(killed);
        }
    }

    /** Ten messages over a connection that stays open; the server's id. */
    private String publishSomething() throws Exception {
        Connection connection = agents.connect(new ConnectionOwner.Agent(ACME, A1), SLOT);
        for (int i = 0; i < 10; i++) {
            connection.publish("tenant.acme.x", new byte[10]);
        }
        connection.flush(SOON);
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(stores.redis().totals(ACME, A1).published())
                                .isEqualTo(new Traffic(10, 100)));
        return connection.getServerInfo().getServerId();
    }

    private void awaitOtherThan(String server) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(stores.ledger().sources())
                                .hasSize(1)
                                .doesNotContainKey("n:" + server));
    }

    private void assertGap(String server, Instant ended) throws Exception {
        Gap gap = gap(server);
        assertThat(gap.connections()).isEqualTo(1);
        assertThat(gap.returned()).isFalse();
        assertThat(gap.from()).isBetween(ended.minus(SLACK), ended.plus(SLACK));
        assertThat(gap.to()).isBetween(ended.minus(SLACK), ended.plus(SLACK));
        assertThat(stores.redis().open(ACME, A1)).isZero();
        assertThat(stores.redis().totals(ACME, A1).published()).isEqualTo(new Traffic(10, 100));
    }

    private Gap gap(String server) throws Exception {
        return Json.mapper()
                .readValue(stores.redis().hash(RedisKeys.gaps(ACME)).get("n:" + server), Gap.class);
    }

    private Instant completeThrough() {
        return stores.ledger().sources().values().stream().min(Instant::compareTo).orElseThrow();
    }

    private Tracker listening() {
        Tracker tracker = TrackerUnderTest.start(stack, stores);
        await().atMost(SOON).until(() -> tracker.feed().isListening());
        return tracker;
    }
}
