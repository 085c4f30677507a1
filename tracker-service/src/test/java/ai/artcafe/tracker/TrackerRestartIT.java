package ai.artcafe.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.broker.RawAgent;
import ai.artcafe.tracker.broker.TestAgents;
import io.nats.client.Connection;
import io.nats.client.NKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tracker that is gone for a while, and one that comes after it. */
@Timeout(600)
class TrackerRestartIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId EVIL = new TenantId("evil");
    private static final AgentId A1 = new AgentId("a1");
    private static final Slot SLOT = Slot.number(1);

    /** The ring's pages have 5000 connections. */
    private static final int MORE_THAN_A_PAGE = 5200;

    private static LocalStack stack;

    private TestStores stores;
    private TestAgents agents;

    @BeforeAll
    static void startStack() {
        stack = LocalStack.builder().slots(4).inMemory().start();
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void start() throws Exception {
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
    void a_connection_that_outlives_a_tracker_is_counted_once() throws Exception {
        try (Connection a1 = agents.connect(new ConnectionOwner.Agent(ACME, A1), SLOT)) {
            Tracker first = listening();
            publish(a1, 10);
            awaitPublished(10);
            TrackerUnderTest.kill(first);
            publish(a1, 5);
            try (Tracker second = listening()) {
                awaitPublished(15);
                publish(a1, 5);
                awaitPublished(20);
                assertThat(second.table().size()).isPositive();
            }
        }
        assertThat(stores.redis().totals(ACME).connections()).isEqualTo(1);
    }

    @Test
    void connections_that_came_and_went_without_a_tracker_are_read_from_the_ring()
            throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Connection a1 = agents.connect(new ConnectionOwner.Agent(ACME, A1), SLOT)) {
                publish(a1, 3);
            }
        }
        try (Tracker _ = listening()) {
            awaitPublished(60);
            // the server may see the end of the last ones late
            await().atMost(SOON).until(() -> stores.redis().open(ACME, A1) == 0);
            assertThat(stores.redis().totals(ACME).connections()).isEqualTo(20);
        }
    }

    @Test
    void a_ring_of_several_pages_is_read_to_its_end() throws Exception {
        NKey key = agents.key(new ConnectionOwner.Agent(ACME, A1), SLOT);
        java.util.stream.IntStream.range(0, MORE_THAN_A_PAGE)
                .parallel()
                .forEach(_ -> {
                    try (RawAgent raw = new RawAgent(stack.natsUrl(), key)) {
                        raw.publish("tenant.acme.x", "1234567890");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
        try (Tracker _ = listening()) {
            awaitPublished(MORE_THAN_A_PAGE);
            await().atMost(SOON).until(() -> stores.redis().open(ACME, A1) == 0);
            assertThat(stores.redis().totals(ACME).connections()).isEqualTo(MORE_THAN_A_PAGE);
        }
    }

    @Test
    void a_name_rewritten_by_a_failed_second_connect_changes_nothing() throws Exception {
        try (Tracker _ = listening();
                RawAgent raw = rawAgent()) {
            raw.publish("tenant.acme.x", "1234567890");
            awaitPublished(1);
            raw.publish("tenant.acme.x", "1234567890");
            impersonate(raw);

            await().atMost(SOON).until(() -> stores.redis().open(ACME, A1) == 0);
            awaitPublished(2);
            assertThat(stores.redis().totals(EVIL).connections()).isZero();
        }
    }

    @Test
    void a_name_rewritten_while_no_tracker_was_there_changes_nothing_either() throws Exception {
        Tracker first = listening();
        try (RawAgent raw = rawAgent()) {
            raw.publish("tenant.acme.x", "1234567890");
            awaitPublished(1);
            TrackerUnderTest.kill(first);
            raw.publish("tenant.acme.x", "1234567890");
            impersonate(raw);
        }
        try (Tracker _ = listening()) {
            awaitPublished(2);
            await().atMost(SOON).until(() -> stores.redis().open(ACME, A1) == 0);
            assertThat(stores.redis().totals(EVIL).connections()).isZero();
        }
    }

    @Test
    void a_rewritten_name_that_no_tracker_ever_saw_before_is_billed_to_no_one() throws Exception {
        try (RawAgent raw = rawAgent()) {
            raw.publish("tenant.acme.x", "1234567890");
            impersonate(raw);
        }
        try (Tracker tracker = listening()) {
            await().atMost(SOON)
                    .until(() -> tracker.feed().lastApplied().isAfter(java.time.Instant.EPOCH));
            assertThat(stores.redis().totals(EVIL).connections()).isZero();
            assertThat(stores.redis().totals(ACME).published().messages()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void a_nats_server_that_restarts_is_a_new_source_and_loses_at_most_the_last_poll()
            throws Exception {
        try (Tracker tracker = listening()) {
            try (Connection a1 = agents.connect(new ConnectionOwner.Agent(ACME, A1), SLOT)) {
                publish(a1, 10);
                awaitPublished(10);
                stack.nats().kill();
                stack.nats().start();
            }
            await().atMost(SOON).until(() -> tracker.feed().isListening());
            await().atMost(SOON).until(agents::letsIn);
            Connection again =
                    await().atMost(SOON)
                            .ignoreExceptions()
                            .until(
                                    () -> agents.connect(new ConnectionOwner.Agent(ACME, A1), SLOT),
                                    _ -> true);
            publish(again, 5);
            awaitPublished(15);
            again.close();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(stores.ledger().sources()).hasSize(1));
        }
    }

    private RawAgent rawAgent() throws Exception {
        NKey key = agents.key(new ConnectionOwner.Agent(ACME, A1), SLOT);
        return new RawAgent(stack.natsUrl(), key);
    }

    private static void impersonate(RawAgent raw) throws Exception {
        raw.send(
                "CONNECT {\"verbose\":false,\"user\":\"evil/a9\",\"pass\":\"x\",\"name\":\"x\"}\r\n"
                        + "PING\r\n");
        raw.awaitEnd();
    }

    private Tracker listening() {
        Tracker tracker = TrackerUnderTest.start(stack, stores);
        await().atMost(SOON).until(() -> tracker.feed().isListening());
        return tracker;
    }

    private static void publish(Connection connection, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            connection.publish("tenant.acme.x", new byte[10]);
        }
        connection.flush(SOON);
    }

    private void awaitPublished(long messages) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(stores.redis().totals(ACME, A1).published())
                                .isEqualTo(new Traffic(messages, messages * 10)));
    }
}
