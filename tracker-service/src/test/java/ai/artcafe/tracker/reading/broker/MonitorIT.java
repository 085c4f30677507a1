package ai.artcafe.tracker.reading.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.Tracker;
import ai.artcafe.tracker.TrackerUnderTest;
import ai.artcafe.tracker.broker.TestAgents;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One tracker on a real NATS server and Redis. */
class MonitorIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Slot SLOT = Slot.number(1);

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final AgentId a1 = new AgentId("a-" + UUID.randomUUID());
    private final AgentId a2 = new AgentId("a-" + UUID.randomUUID());
    private final LocalStack stack =
            LocalStack.shared(Backing.NATS, Backing.REDIS, Backing.DYNAMODB);
    private TestStores stores;
    private TestAgents agents;
    private Tracker tracker;

    @BeforeEach
    void start() throws Exception {
        stores = new TestStores(stack, Map.of());
        stores.tables().create();
        agents = new TestAgents(stack);
        tracker =
                TrackerUnderTest.start(
                        stack, stores, Map.of("artcafe.tap.patience", "30s"), Clock.systemUTC());
        await().atMost(SOON).until(() -> tracker.feed().isListening());
    }

    @AfterEach
    void stop() throws Exception {
        tracker.close();
        agents.close();
        stores.close();
    }

    @Test
    void what_agents_publish_and_get_is_counted_to_the_byte_for_tenant_and_agent()
            throws Exception {
        try (Connection first = agents.connect(new ConnectionOwner.Agent(tenant, a1), SLOT);
                Connection second = agents.connect(new ConnectionOwner.Agent(tenant, a2), SLOT)) {
            Dispatcher inbox = second.createDispatcher(_ -> {});
            inbox.subscribe("tenant." + tenant + ".>");
            second.flush(SOON);
            for (int i = 0; i < 100; i++) {
                first.publish("tenant." + tenant + ".x", new byte[10]);
            }
            first.flush(SOON);

            await().atMost(SOON)
                    .untilAsserted(() -> {
                        assertThat(stores.redis().totals(tenant, a1).published())
                                .isEqualTo(new Traffic(100, 1000));
                        assertThat(stores.redis().totals(tenant, a2).delivered())
                                .isEqualTo(new Traffic(100, 1000));
                    });
            assertThat(stores.redis().totals(tenant).published()).isEqualTo(new Traffic(100, 1000));
            assertThat(stores.redis().totals(tenant).connections()).isEqualTo(2);
            assertThat(stores.redis().open(tenant, a1)).isEqualTo(1);
        }
        await().atMost(SOON).until(() -> stores.redis().open(tenant, a1) == 0);
    }

    @Test
    void heartbeats_are_control_and_published_is_never_more_than_the_rest() throws Exception {
        try (Connection first = agents.connect(new ConnectionOwner.Agent(tenant, a1), SLOT)) {
            awaitTap();
            long most = 0;
            for (int i = 0; i < 60; i++) {
                first.publish("_HEARTBEAT.tenant." + tenant + ".client." + a1, new byte[7]);
                first.publish("_PRESENCE.tenant." + tenant + ".client." + a1, new byte[3]);
                first.publish("tenant." + tenant + ".x", new byte[1]);
                first.flush(SOON);
                most =
                        Math.max(
                                most,
                                stores.redis().totals(tenant, a1).published().messages() - i - 1);
                Thread.onSpinWait();
                await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            }

            await().atMost(SOON)
                    .untilAsserted(() -> {
                        assertThat(stores.redis().totals(tenant, a1).control())
                                .isEqualTo(new Traffic(120, 600));
                        assertThat(stores.redis().totals(tenant, a1).published())
                                .isEqualTo(new Traffic(60, 60));
                    });
            assertThat(stores.redis().totals(tenant).control()).isEqualTo(new Traffic(120, 600));
            assertThat(most).isLessThanOrEqualTo(0);
        }
    }

    /** What is sent before the tap has subscribed is seen by no tap. */
    private void awaitTap() throws Exception {
        TenantId another = new TenantId("t-" + UUID.randomUUID());
        try (Connection probe = agents.connect(new ConnectionOwner.Agent(another, a2), SLOT)) {
            await().atMost(SOON)
                    .until(() -> {
                        probe.publish("tenant." + another + ".x", new byte[1]);
                        probe.flush(SOON);
                        return tracker.tap().counted(SLOT).messages() > 0;
                    });
        }
    }

    @Test
    void a_gateways_own_connection_and_the_platforms_are_not_billed() throws Exception {
        try (Connection gateway =
                        agents.connect(new ConnectionOwner.Gateway(tenant, "gw-1"), SLOT);
                Connection first = agents.connect(new ConnectionOwner.Agent(tenant, a1), SLOT)) {
            for (int i = 0; i < 10; i++) {
                gateway.publish("tenant." + tenant + ".x", new byte[10]);
            }
            gateway.flush(SOON);
            first.publish("tenant." + tenant + ".x", new byte[4]);
            first.flush(SOON);

            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(stores.redis().totals(tenant).published())
                                    .isEqualTo(new Traffic(1, 4)));
            Instant later = Instant.now().plusSeconds(2);
            await().atMost(SOON).until(() -> tracker.feed().lastApplied().isAfter(later));
            assertThat(stores.redis().totals(tenant).published()).isEqualTo(new Traffic(1, 4));
            assertThat(stores.redis().totals(tenant).connections()).isEqualTo(1);
        }
    }

    @Test
    void the_server_is_a_source_and_its_connections_are_pinned() throws Exception {
        try (Connection first = agents.connect(new ConnectionOwner.Agent(tenant, a1), SLOT)) {
            String server = first.getServerInfo().getServerId();
            Instant begun = Instant.now();

            await().atMost(SOON)
                    .until(() ->
                            stores.redis()
                                    .hash(RedisKeys.pins(server))
                                    .containsValue(tenant + "/" + a1));
            await().atMost(SOON)
                    .until(() ->
                            stores.ledger()
                                    .sources()
                                    .getOrDefault("n:" + server, Instant.EPOCH)
                                    .isAfter(begun));
        }
    }
}
