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
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.process.NatsCluster;
import ai.artcafe.tracker.broker.TestAgents;
import ai.artcafe.tracker.reading.Round;
import ai.artcafe.tracker.reading.ServerAccounts;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tracker on a cluster of NATS servers, which come and go. */
class SeveralServersIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration GONE_AFTER = Duration.ofSeconds(12);

    /** How late a machine that does other things may read. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private static final Slot SLOT = Slot.number(1);
    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");
    private static final AgentId A2 = new AgentId("a2");
    private static final AgentId A3 = new AgentId("a3");

    private LocalStack stack;
    private NatsCluster cluster;
    private TestStores stores;
    private TestAgents agents;
    private Tracker tracker;
    private final AtomicReference<Round> round = new AtomicReference<>();

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        stack = LocalStack.builder().inMemory().with(Backing.REDIS, Backing.DYNAMODB).start();
        cluster = new NatsCluster(stack, directory);
        cluster.server(0).start();
        cluster.server(1).start();
        stores = new TestStores(stack, Map.of());
        stores.tables().create();
        agents = new TestAgents(cluster.url(0), stack.keys());
        tracker =
                TrackerUnderTest.start(
                        stack,
                        stores,
                        Map.of(
                                "artcafe.nats.url", cluster.url(0).toString(),
                                "artcafe.reading.gone-after", GONE_AFTER.toString()),
                        Clock.systemUTC());
        tracker.feed().onRound(round::set);
        awaitSources(2);
    }

    @AfterEach
    void stop() throws Exception {
        tracker.close();
        agents.close();
        stores.close();
        cluster.close();
        stack.close();
    }

    @Test
    void what_goes_between_servers_is_counted_once_where_it_came_in_and_once_where_it_goes_out()
            throws Exception {
        cluster.server(2).start();
        awaitSources(3);
        try (Connection first = connect(A1, 0);
                Connection second = connect(A2, 1);
                Connection third = connect(A3, 2)) {
            subscribe(second);
            subscribe(third);
            publish(first, 1000);

            await().atMost(SOON)
                    .untilAsserted(() -> {
                        assertThat(stores.redis().totals(ACME, A1).published())
                                .isEqualTo(new Traffic(1000, 10_000));
                        assertThat(stores.redis().totals(ACME, A2).delivered())
                                .isEqualTo(new Traffic(1000, 10_000));
                        assertThat(stores.redis().totals(ACME, A3).delivered())
                                .isEqualTo(new Traffic(1000, 10_000));
                    });
            assertThat(stores.redis().totals(ACME).published())
                    .isEqualTo(new Traffic(1000, 10_000));
            assertThat(stores.redis().totals(ACME).delivered())
                    .isEqualTo(new Traffic(2000, 20_000));

            Map<String, ServerAccounts> accounts = tracker.monitor().ask();
            assertThat(accounts.keySet()).isEqualTo(round.get().servers()).hasSize(3);
            assertThat(sum(accounts, ServerAccounts.Account::received))
                    .isEqualTo(new Traffic(1000, 10_000));
            if (accounts.values().stream().allMatch(ServerAccounts::isSentLocal)) {
                assertThat(sum(accounts, ServerAccounts.Account::sent))
                        .isEqualTo(new Traffic(3000, 30_000));
            }
        }
    }

    @Test
    void a_server_that_is_shut_down_leaves_at_once_with_the_gap_on_record() throws Exception {
        cluster.server(2).start();
        awaitSources(3);
        try (Connection third = connect(A3, 2)) {
            publish(third, 10);
            awaitPublished(A3, 10);
            String server = third.getServerInfo().getServerId();
            Instant before = Instant.now();
            cluster.server(2).stop();

            await().atMost(GONE_AFTER.minusSeconds(1))
                    .until(() -> stores.ledger().sources().size() == 2);
            Gap gap = gap(server);
            assertThat(gap.connections()).isEqualTo(1);
            assertThat(gap.from()).isBetween(before.minus(SLACK), before);
            assertThat(gap.to()).isBetween(before, before.plus(SLACK));
            assertThat(stores.redis().open(ACME, A3)).isZero();
            awaitCompleteRound();
        }
    }

    @Test
    void a_server_that_is_killed_holds_back_what_is_complete_and_does_not_slow_the_others()
            throws Exception {
        cluster.server(2).start();
        awaitSources(3);
        try (Connection first = connect(A1, 0);
                Connection third = connect(A3, 2)) {
            publish(third, 10);
            awaitPublished(A3, 10);
            String server = third.getServerInfo().getServerId();
            cluster.server(2).kill();
            Instant killed = Instant.now();

            await().atMost(SOON).until(() -> round.get().missing().contains(server));
            await().atMost(SOON)
                    .until(() -> tracker.feed().lastRound().compareTo(Duration.ofMillis(400)) < 0);
            assertThat(round.get().isComplete()).isFalse();
            publish(first, 10);
            awaitPublished(A1, 10);
            assertThat(completeThrough()).isBefore(killed.plusMillis(100));

            await().atMost(GONE_AFTER.plusSeconds(25))
                    .until(() -> stores.ledger().sources().size() == 2);
            Gap gap = gap(server);
            assertThat(gap.from()).isBefore(killed.plusMillis(100));
            assertThat(gap.to()).isBetween(killed.minusSeconds(1), killed.plus(SLACK));
            assertThat(completeThrough()).isAfter(killed);
            awaitCompleteRound();
        }
    }

    private Connection connect(AgentId agent, int server) throws Exception {
        return await().atMost(SOON)
                .ignoreExceptions()
                .until(
                        () ->
                                agents.connect(
                                        new ConnectionOwner.Agent(ACME, agent),
                                        SLOT,
                                        cluster.url(server)),
                        _ -> true);
    }

    private static void subscribe(Connection connection) throws Exception {
        Dispatcher dispatcher = connection.createDispatcher(_ -> {});
        dispatcher.subscribe("tenant.acme.>");
        connection.flush(SOON);
        // the interest has to reach the other servers
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
    }

    private static void publish(Connection connection, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            connection.publish("tenant.acme.x", new byte[10]);
        }
        connection.flush(SOON);
    }

    private static Traffic sum(
            Map<String, ServerAccounts> servers,
            java.util.function.Function<ServerAccounts.Account, Traffic> what) {
        return servers.values().stream()
                .map(server -> what.apply(server.slots().get(SLOT)))
                .reduce(Traffic.NONE, Traffic::plus);
    }

    private Gap gap(String server) throws Exception {
        return Json.mapper()
                .readValue(stores.redis().hash(RedisKeys.gaps(ACME)).get("n:" + server), Gap.class);
    }

    private Instant completeThrough() {
        return stores.ledger().sources().values().stream().min(Instant::compareTo).orElseThrow();
    }

    private void awaitSources(int count) {
        await().atMost(SOON).until(() -> stores.ledger().sources().size() == count);
    }

    private void awaitCompleteRound() {
        Instant now = Instant.now();
        await().atMost(SOON).until(() -> round.get().isComplete() && round.get().at().isAfter(now));
    }

    private void awaitPublished(AgentId agent, long messages) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(stores.redis().totals(ACME, agent).published())
                                .isEqualTo(new Traffic(messages, messages * 10)));
    }
}
