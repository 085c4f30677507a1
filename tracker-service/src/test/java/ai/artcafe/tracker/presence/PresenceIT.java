package ai.artcafe.tracker.presence;

import static ai.artcafe.model.presence.PresenceStatus.DEGRADED;
import static ai.artcafe.model.presence.PresenceStatus.OFFLINE;
import static ai.artcafe.model.presence.PresenceStatus.ONLINE;
import static ai.artcafe.model.presence.PresenceStatus.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.presence.AgentPresence;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.signal.GatewaySignals;
import ai.artcafe.model.subject.SubjectClass;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.Json;
import ai.artcafe.tracker.NoLease;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.Tracker;
import ai.artcafe.tracker.TrackerUnderTest;
import ai.artcafe.tracker.broker.TestAgents;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import ai.artcafe.tracker.reconcile.SlotMap;
import io.nats.client.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents at both doors, with real NATS, Redis and DynamoDB; time is put forward. */
class PresenceIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Slot ONE = Slot.number(1);
    private static final Slot TWO = Slot.number(2);
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");
    private static final AgentId A1 = new AgentId("a1");
    private static final AgentId A2 = new AgentId("a2");
    private static final ReadingSource GATEWAY = ReadingSource.gateway("gw", 42);
    private static final Duration DAY = Duration.ofDays(1);

    private final ShiftedClock clock = new ShiftedClock();
    private final PresenceConfig config = Settings.of(PresenceConfig.class);
    private final List<Tracker> trackers = new ArrayList<>();

    private static LocalStack stack;

    private TestStores stores;
    private TestAgents agents;
    private PresenceScene scene;
    private SlotMap slots;
    private Presence presence;
    private Ledger ledger;

    @BeforeAll
    static void startStack() {}

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void start() throws Exception {
        stack = LocalStack.builder().slots(4).inMemory().start();
        stores = new TestStores(stack, Map.of());
        stores.renew();
        stores.tables().place(ACME, ONE);
        stores.tables().place(OTHER, TWO);
        agents = new TestAgents(stack);
        scene = new PresenceScene(stores, ACME);
        slots = stores.witnesses(clock).slots();
        presence = presence();
        ledger = startTracker(presence);
    }

    private Presence presence() {
        return new Presence(
                stores.presence(),
                stores.presenceHistory(),
                slots,
                new NoLease(),
                _ -> DAY,
                config,
                clock);
    }

    private Ledger startTracker(Presence told) {
        Ledger watched = new WatchedLedger(stores.ledger(stores.archive(Clock.systemUTC())), told);
        trackers.add(
                TrackerUnderTest.start(
                        stack, stores, Map.of(), watched, told.listener(), Clock.systemUTC()));
        await().atMost(SOON).until(() -> trackers.getLast().feed().isListening());
        await().atMost(SOON).until(() -> trackers.getLast().tap().session().isPresent());
        return watched;
    }

    @AfterEach
    void stop() throws Exception {
        trackers.forEach(Tracker::close);
        agents.close();
        stores.close();
    }

    @Test
    void an_agent_at_the_nats_door_comes_falls_silent_and_leaves() throws Exception {
        Connection agent = agents.connect(new ConnectionOwner.Agent(ACME, A1), ONE);
        awaitStatus(A1, ONLINE);
        awaitPresence(A1, known -> known.doors().contains(Door.NATS));

        beat(agent, "_HEARTBEAT.tenant.acme.client.a1", "{\"metrics\":{\"cpu\":0.25}}");
        awaitPresence(A1, AgentPresence::isBeating);
        assertThat(stores.redis().hash(RedisKeys.presenceDetails(ACME)))
                .containsEntry("m:a1", "{\"cpu\":0.25}");
        silence(46);
        awaitStatus(A1, DEGRADED);
        silence(30);
        awaitStatus(A1, UNHEALTHY);
        silence(15);
        awaitStatus(A1, OFFLINE);
        assertThat(scene.comings(A1)).isEqualTo("+-");

        beat(agent, "_heartbeat.acme.a1", "");
        awaitStatus(A1, ONLINE);
        agent.close();
        awaitStatus(A1, OFFLINE);
        assertThat(scene.comings(A1)).isEqualTo("+-+-");
        silence(100);
        run();
        assertThat(scene.comings(A1)).isEqualTo("+-+-");
    }

    @Test
    void agents_of_a_gateway_that_is_killed_leave_together_and_once() {
        List<AgentId> fleet = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            fleet.add(new AgentId("ws" + i));
        }
        fleet.forEach(agent -> socket(agent, false));
        fleet.forEach(agent -> signal(agent, "{\"type\":\"heartbeat\",\"status\":\"healthy\"}"));
        run();
        assertThat(scene.counts()).isEqualTo(Map.of(ONLINE, 20L));
        assertThat(scene.presence(fleet.getFirst()).orElseThrow().doors())
                .containsExactly(Door.WEBSOCKET);

        ledger.leave(GATEWAY.key(), clock.instant());
        run();

        assertThat(scene.counts()).isEqualTo(Map.of(OFFLINE, 20L));
        fleet.forEach(agent -> assertThat(scene.comings(agent)).isEqualTo("+-"));
        fleet.forEach(agent -> socket(agent, true));
        run();
        fleet.forEach(agent -> assertThat(scene.comings(agent)).isEqualTo("+-"));
    }

    @Test
    void a_socket_that_closes_leaves_once_however_often_that_is_told() {
        socket(A1, false);
        signal(A1, "{\"type\":\"heartbeat\"}");
        run();
        socket(A1, true);
        run();
        socket(A1, true);
        run();

        assertThat(scene.status(A1)).hasValue(OFFLINE);
        assertThat(scene.comings(A1)).isEqualTo("+-");
    }

    @Test
    void two_trackers_see_one_agent_come_and_leave_once() throws Exception {
        Presence second = presence();
        startTracker(second);
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            connections.add(
                    agents.connect(new ConnectionOwner.Agent(ACME, new AgentId("n" + i)), ONE));
        }
        for (int i = 0; i < 10; i++) {
            beat(connections.get(i), "_HEARTBEAT.tenant.acme.client.n" + i, "{}");
        }
        await().atMost(SOON)
                .untilAsserted(() -> {
                    run();
                    run(second);
                    assertThat(scene.counts()).isEqualTo(Map.of(ONLINE, 10L));
                });
        for (Connection connection : connections) {
            connection.close();
        }
        await().atMost(SOON)
                .untilAsserted(() -> {
                    run();
                    run(second);
                    assertThat(scene.counts()).isEqualTo(Map.of(OFFLINE, 10L));
                });
        silence(100);
        run();
        run(second);
        presence.check();
        second.check();

        for (int i = 0; i < 10; i++) {
            assertThat(scene.comings(new AgentId("n" + i))).isEqualTo("+-");
        }
    }

    @Test
    void nobody_beats_for_an_agent_of_another_tenant() throws Exception {
        PresenceScene others = new PresenceScene(stores, OTHER);
        try (Connection liar = agents.connect(new ConnectionOwner.Agent(OTHER, A2), TWO)) {
            beat(liar, "_HEARTBEAT.tenant.acme.client.a1", "{\"status\":\"unhealthy\"}");
            beat(liar, "_heartbeat.acme.a1", "{}");
            beat(liar, "_HEARTBEAT.tenant.other.client.a2", "{\"agent_id\":\"a1\"}");
            await().atMost(SOON)
                    .untilAsserted(() -> {
                        run();
                        assertThat(others.presence(A2).filter(AgentPresence::isBeating))
                                .isPresent();
                    });
        }
        presence.listener()
                .heard(
                        TWO,
                        new SubjectClass.Control(ACME, A1, SubjectClass.Kind.HEARTBEAT),
                        new byte[0]);
        run();

        assertThat(scene.presence(A1)).isEmpty();
        assertThat(presence.figures().ignored(Ignored.FOREIGN_SLOT)).isEqualTo(1);
        assertThat(presence.figures().ignored(Ignored.WRONG_ID)).isEqualTo(1);
    }

    @Test
    void presence_comes_back_with_the_ledger_when_redis_was_emptied() throws Exception {
        try (Connection agent = agents.connect(new ConnectionOwner.Agent(ACME, A1), ONE)) {
            socket(A2, false);
            awaitStatus(A1, ONLINE);
            awaitStatus(A2, ONLINE);
            await().atMost(SOON)
                    .until(() -> stores.redis().hash(RedisKeys.openConnections(ACME)).size() == 2);
            trackers.getFirst().flush().run();

            stores.redis().lose();
            await().atMost(SOON).until(() -> trackers.getFirst().recovery().run());
            await().atMost(SOON)
                    .untilAsserted(() -> {
                        run();
                        presence.check();
                        assertThat(scene.counts()).isEqualTo(Map.of(ONLINE, 2L));
                    });

            assertThat(scene.presence(A1).orElseThrow().doors()).containsExactly(Door.NATS);
            assertThat(scene.presence(A2).orElseThrow().doors()).containsExactly(Door.WEBSOCKET);
            assertThat(scene.comings(A1)).isEqualTo("+");
            agent.flush(Duration.ofSeconds(5));
        }
        awaitStatus(A1, OFFLINE);
        assertThat(scene.comings(A1)).isEqualTo("+-");
    }

    @Test
    void while_redis_is_away_the_latest_waits() {
        signal(A1, "{\"status\":\"degraded\"}");
        stack.redis().kill();
        assertThat(presence.run(true)).isFalse();
        signal(A1, "{\"status\":\"healthy\"}");
        signal(A2, "{}");
        assertThat(presence.run(true)).isFalse();
        assertThat(presence.waiting()).isEqualTo(2);

        stack.redis().start();
        await().atMost(SOON).until(() -> presence.run(true));

        assertThat(scene.counts()).isEqualTo(Map.of(ONLINE, 2L));
        assertThat(scene.changes(A1)).hasSize(1);
    }

    @Test
    void changes_are_in_the_agents_history_once() {
        socket(A1, false);
        run();
        presence.keepHistory();
        socket(A1, true);
        run();
        presence.keepHistory();
        presence.keepHistory();

        List<PresenceChange> changes = scene.changes(A1);
        Map<String, ?> items = stores.tables().items("CLIENT#a1");
        assertThat(items.keySet().stream().filter(key -> key.startsWith("PRESENCE#")))
                .hasSize(2)
                .containsExactlyInAnyOrderElementsOf(
                        changes.stream()
                                .map(change -> UsageKeys.presence(change.at(), change.to()))
                                .toList());
        assertThat(presence.figures().written()).isEqualTo(2);
        assertThat(presence.figures().lost()).isZero();
    }

    @Test
    void errors_that_gateways_tell_of_are_counted_by_minute_and_bounded() throws Exception {
        SignalFeed feed = new SignalFeed(presence, stores.errorCounts(), Json.mapper(), clock);
        List<GatewaySignals.Errors> errors = new ArrayList<>();
        for (int i = 0; i < 1200; i++) {
            errors.add(
                    new GatewaySignals.Errors(
                            ACME, Optional.of(new AgentId("e" + i)), ErrorSignal.REFUSED, 2));
        }
        errors.add(new GatewaySignals.Errors(ACME, Optional.empty(), ErrorSignal.TIMEOUT, 5));
        Instant before = clock.instant();
        feed.take(
                List.of(
                        "nonsense".getBytes(StandardCharsets.UTF_8),
                        Json.mapper()
                                .writeValueAsBytes(
                                        new GatewaySignals("gw", before, List.of(), errors))));

        Map<String, String> counted = stores.redis().hash(RedisKeys.flowErrors(ACME, before));
        if (counted.isEmpty()) {
            counted = stores.redis().hash(RedisKeys.flowErrors(ACME, clock.instant()));
        }
        assertThat(counted)
                .containsEntry("refused", "2400")
                .containsEntry("timeout", "5")
                .hasSizeLessThanOrEqualTo(1002)
                .hasSizeGreaterThan(900);
        assertThat(presence.figures().ignored(Ignored.UNREADABLE_BATCH)).isEqualTo(1);
    }

    private void beat(Connection agent, String subject, String payload) throws Exception {
        agent.publish(subject, payload.getBytes(StandardCharsets.UTF_8));
        agent.flush(Duration.ofSeconds(5));
    }

    /** What a gateway's reading does. */
    private void socket(AgentId agent, boolean last) {
        Instant now = Instant.now();
        ledger.apply(
                List.of(
                        new TenantBatch(
                                ACME,
                                now,
                                List.of(
                                        new Observed(
                                                new Reading(
                                                        new ConnectionKey(GATEWAY, "c-" + agent),
                                                        ACME,
                                                        agent,
                                                        now.minusSeconds(1),
                                                        Counters.ZERO,
                                                        last),
                                                now)),
                                List.of())));
    }

    private void signal(AgentId agent, String frame) {
        Instant now = clock.instant();
        presence.take(
                new GatewaySignals(
                        "gw",
                        now,
                        List.of(
                                new GatewaySignals.Heartbeat(
                                        ACME, agent, "c-" + agent, now, Optional.of(frame))),
                        List.of()));
    }

    /** Time passes in which trackers listen, as they do, all the while. */
    private void silence(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            run();
        }
    }

    private void run() {
        run(presence);
    }

    private void run(Presence one) {
        slots.refresh();
        one.run(true);
    }

    private void awaitStatus(AgentId agent, PresenceStatus status) {
        await().atMost(SOON)
                .untilAsserted(() -> {
                    run();
                    assertThat(scene.status(agent)).hasValue(status);
                });
    }

    private void awaitPresence(AgentId agent, Predicate<AgentPresence> expected) {
        await().atMost(SOON)
                .untilAsserted(() -> {
                    run();
                    assertThat(scene.presence(agent).filter(expected)).isPresent();
                });
    }
}
