package ai.artcafe.tracker.presence;

import static ai.artcafe.model.presence.PresenceStatus.DEGRADED;
import static ai.artcafe.model.presence.PresenceStatus.OFFLINE;
import static ai.artcafe.model.presence.PresenceStatus.ONLINE;
import static ai.artcafe.model.presence.PresenceStatus.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one script that says how an agent is, in a real Redis. */
class PresenceRulesIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");
    private static final AgentId A2 = new AgentId("a2");
    private static final ConnectionKey NATS =
            new ConnectionKey(ReadingSource.natsServer("SERVER"), "7");
    private static final ConnectionKey SOCKET =
            new ConnectionKey(ReadingSource.gateway("gw", 42), "c-1");
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration FORGET = Duration.ofDays(1);

    private static TestStores stores;

    private PresenceStore presence;
    private PresenceScene scene;
    private Instant now = AT;

    @BeforeAll
    static void connect() {
        stores = new TestStores(LocalStack.shared(Backing.REDIS), Map.of());
    }

    @AfterAll
    static void disconnect() {
        stores.close();
    }

    @BeforeEach
    void empty() {
        stores.redis().clear();
        presence = stores.presence();
        scene = new PresenceScene(stores, ACME);
    }

    @Test
    void an_agent_that_is_connected_and_never_beats_is_online_until_it_leaves() {
        scene.open(A1, NATS);
        tell(A1, Facts.connection(NATS));
        assertThat(scene.status(A1)).hasValue(ONLINE);
        assertThat(scene.presence(A1).orElseThrow().doors()).containsExactly(Door.NATS);

        after(Duration.ofHours(3));
        look();
        assertThat(scene.status(A1)).hasValue(ONLINE);

        scene.close(A1, NATS, now);
        tell(A1, Facts.closed(now));
        assertThat(scene.status(A1)).hasValue(OFFLINE);
        assertThat(scene.changes(A1))
                .extracting(PresenceChange::cause)
                .containsExactly(PresenceChange.Cause.CONNECTED, PresenceChange.Cause.CLOSED);
    }

    @Test
    void silence_makes_an_agent_that_beats_degraded_unhealthy_and_offline_at_its_time() {
        scene.open(A1, SOCKET);
        tell(A1, Facts.connection(SOCKET));
        tell(A1, beat());
        Map<Long, PresenceStatus> expected =
                Map.of(
                        45_000L, ONLINE,
                        45_001L, DEGRADED,
                        75_000L, DEGRADED,
                        75_001L, UNHEALTHY,
                        89_999L, UNHEALTHY,
                        90_000L, OFFLINE);

        expected.keySet().stream()
                .sorted()
                .forEach(millis -> {
                    now = AT.plusMillis(millis);
                    look();
                    assertThat(scene.status(A1)).as("%d ms", millis).hasValue(expected.get(millis));
                });

        assertThat(scene.comings(A1)).isEqualTo("+-");
        assertThat(scene.changes(A1).getLast().at()).isEqualTo(AT.plusSeconds(90));
        after(Duration.ofSeconds(5));
        tell(A1, beat());
        assertThat(scene.status(A1)).hasValue(ONLINE);
        assertThat(scene.comings(A1)).isEqualTo("+-+");
    }

    @Test
    void whoever_looks_late_finds_the_time_at_which_it_left() {
        tell(A1, beat());
        after(Duration.ofMinutes(9));
        look();

        assertThat(scene.changes(A1).getLast().at()).isEqualTo(AT.plusSeconds(90));
        assertThat(scene.changes(A1).getLast().cause()).isEqualTo(PresenceChange.Cause.SILENT);
    }

    @Test
    void a_heartbeat_without_a_known_connection_is_a_lease() {
        tell(A1, beat());
        assertThat(scene.status(A1)).hasValue(ONLINE);
        assertThat(scene.presence(A1).orElseThrow().doors()).containsExactly(Door.WEBSOCKET);

        after(Duration.ofSeconds(90));
        look();
        assertThat(scene.status(A1)).hasValue(OFFLINE);
    }

    @Test
    void the_close_of_the_last_connection_ends_the_lease_and_of_another_does_not() {
        scene.open(A1, NATS);
        scene.open(A1, SOCKET);
        tell(A1, Facts.connections(Set.of(NATS, SOCKET)));
        tell(A1, beat());
        after(Duration.ofSeconds(3));
        scene.close(A1, SOCKET, now);
        tell(A1, Facts.closed(now));
        assertThat(scene.status(A1)).hasValue(ONLINE);
        assertThat(scene.presence(A1).orElseThrow().doors()).containsExactly(Door.NATS);

        scene.close(A1, NATS, now);
        tell(A1, Facts.closed(now));
        assertThat(scene.status(A1)).hasValue(OFFLINE);

        Facts late = Facts.heartbeat(AT.plusSeconds(1), Door.NATS, SelfReport.NOTHING);
        tell(A1, late);
        assertThat(scene.status(A1)).hasValue(OFFLINE);
        assertThat(scene.comings(A1)).isEqualTo("+-");
    }

    @Test
    void one_that_came_and_went_between_two_looks_leaves_no_ghost() {
        tell(A1, beat());
        tell(A1, Facts.closed(now.plusMillis(1)));
        after(Duration.ofMillis(2));
        tell(A1, Facts.closed(now));

        assertThat(scene.status(A1)).hasValue(OFFLINE);
        assertThat(scene.comings(A1)).isEqualTo("+-");
    }

    @Test
    void what_it_says_of_itself_makes_it_worse_never_better_and_ends_with_it() {
        scene.open(A1, NATS);
        tell(A1, Facts.connection(NATS));
        tell(A1, Facts.report(now, says(UNHEALTHY)));
        assertThat(scene.status(A1)).hasValue(UNHEALTHY);
        assertThat(scene.changes(A1).getLast().cause()).isEqualTo(PresenceChange.Cause.REPORTED);

        after(Duration.ofSeconds(1));
        tell(A1, Facts.heartbeat(now, Door.NATS, says(ONLINE)));
        assertThat(scene.status(A1)).hasValue(ONLINE);
        after(Duration.ofSeconds(50));
        tell(A1, Facts.report(now, says(ONLINE)));
        assertThat(scene.status(A1)).hasValue(DEGRADED);

        tell(A1, Facts.heartbeat(now, Door.NATS, says(DEGRADED)));
        after(Duration.ofSeconds(1));
        scene.close(A1, NATS, now);
        tell(A1, Facts.closed(now));
        scene.open(A1, SOCKET);
        tell(A1, Facts.connection(SOCKET));
        assertThat(scene.status(A1)).hasValue(ONLINE);
    }

    @Test
    void a_report_alone_makes_nobody_known() {
        tell(A1, Facts.report(now, says(UNHEALTHY)));

        assertThat(scene.presence(A1)).isEmpty();
        assertThat(scene.counts()).isEmpty();
    }

    @Test
    void details_are_the_latest_and_a_bare_heartbeat_keeps_them() {
        SelfReport full =
                new SelfReport("", Optional.empty(), Optional.of("1.2"), Map.of("cpu", 0.5));
        tell(A1, Facts.heartbeat(now, Door.NATS, full));
        after(Duration.ofSeconds(1));
        tell(A1, beat());
        SelfReport old =
                new SelfReport("", Optional.empty(), Optional.of("1.1"), Map.of("cpu", 9.0));
        tell(A1, Facts.heartbeat(AT.minusSeconds(5), Door.NATS, old));

        assertThat(stores.redis().hash(RedisKeys.presenceDetails(ACME)))
                .isEqualTo(Map.of("v:a1", "1.2", "m:a1", "{\"cpu\":0.5}"));
    }

    @Test
    void silence_while_nobody_listened_is_not_the_agents() {
        tell(A1, beat());
        after(Duration.ofMinutes(10));
        Instant listening = now;
        presence.evaluate(ACME, Map.of(), now, listening, FORGET);
        assertThat(scene.status(A1)).hasValue(ONLINE);

        after(Duration.ofSeconds(90));
        presence.evaluate(ACME, Map.of(), now, listening, FORGET);
        assertThat(scene.status(A1)).hasValue(OFFLINE);
        assertThat(scene.comings(A1)).isEqualTo("+-");
    }

    @Test
    void it_is_known_since_when_someone_has_always_listened() {
        PresenceStore other = stores.presence();
        assertThat(presence.heard(AT, true)).isEqualTo(AT);
        assertThat(presence.heard(AT.plusSeconds(1), true)).isEqualTo(AT);
        assertThat(other.heard(AT.plusSeconds(2), true)).isEqualTo(AT);
        assertThat(other.heard(AT.plusSeconds(7), true)).isEqualTo(AT);
        assertThat(presence.heard(AT.plusSeconds(8), false)).isEqualTo(AT);

        Instant deaf = AT.plusSeconds(20);
        assertThat(presence.heard(deaf, false)).isEqualTo(deaf);
        assertThat(presence.heard(deaf.plusSeconds(1), true)).isEqualTo(deaf.plusSeconds(1));
        assertThat(other.heard(deaf.plusSeconds(2), true)).isEqualTo(deaf.plusSeconds(1));
    }

    @Test
    void one_that_left_is_forgotten_when_its_time_is_over() {
        scene.open(A1, NATS);
        tell(
                A1,
                Facts.heartbeat(
                        now,
                        Door.NATS,
                        new SelfReport("", Optional.empty(), Optional.of("1"), Map.of("x", 1.0))));
        scene.close(A1, NATS, now);
        tell(A1, Facts.closed(now));
        assertThat(scene.counts()).isEqualTo(Map.of(OFFLINE, 1L));

        after(FORGET);
        Evaluated evaluated = look();

        assertThat(evaluated.next()).isEmpty();
        assertThat(scene.presence(A1)).isEmpty();
        assertThat(scene.counts()).isEmpty();
        assertThat(stores.redis().hash(RedisKeys.presenceDetails(ACME))).isEmpty();
        String changes = RedisKeys.presenceChanges(ACME);
        assertThat(stores.redis().send(Command.PTTL, changes).orElseThrow().toLong()).isPositive();
        tell(A1, beat());
        assertThat(stores.redis().send(Command.PTTL, changes).orElseThrow().toLong()).isEqualTo(-1);
    }

    @Test
    void connections_that_word_was_lost_of_are_found() {
        scene.open(A1, NATS);
        scene.open(A2, SOCKET);
        tell(A2, Facts.connection(SOCKET));
        assertThat(presence.strays(ACME)).containsOnlyKeys(A1);
        presence.evaluate(ACME, presence.strays(ACME), now, AT, FORGET);
        assertThat(scene.status(A1)).hasValue(ONLINE);
        assertThat(scene.presence(A1).orElseThrow().connections()).containsExactly(NATS);

        scene.close(A1, NATS, now);
        scene.close(A2, SOCKET, now);
        assertThat(presence.strays(ACME)).containsOnlyKeys(A1, A2);
        presence.evaluate(ACME, presence.strays(ACME), now, AT, FORGET);
        assertThat(scene.counts()).isEqualTo(Map.of(OFFLINE, 2L));
        assertThat(presence.strays(ACME)).isEmpty();
    }

    @Test
    void a_connection_of_another_agent_is_nobodys_door() {
        scene.open(A1, NATS);
        scene.open(A2, SOCKET);
        tell(A1, Facts.connections(Set.of(NATS, SOCKET)));

        assertThat(scene.presence(A1).orElseThrow().connections()).containsExactly(NATS);
    }

    @Test
    void due_tenants_are_told_to_one_tracker_and_again_when_the_next_is_due() {
        presence.schedule(ACME, presence.evaluate(ACME, Map.of(A1, beat()), now, AT, FORGET));
        assertThat(presence.takeDue(now.plusSeconds(45))).isEmpty();

        assertThat(presence.takeDue(now.plusSeconds(46))).containsExactly(ACME);
        assertThat(stores.presence().takeDue(now.plusSeconds(46))).isEmpty();
        after(Duration.ofSeconds(46));
        presence.schedule(ACME, look());
        assertThat(presence.takeDue(now.plusSeconds(30))).containsExactly(ACME);
    }

    @Test
    void changes_are_bounded_and_what_was_dropped_is_known() {
        for (int i = 0; i < 600; i++) {
            scene.open(A1, NATS);
            after(Duration.ofMillis(1));
            tell(A1, Facts.connection(NATS));
            scene.close(A1, NATS, now);
            after(Duration.ofMillis(1));
            tell(A1, Facts.closed(now));
        }

        assertThat(scene.changes(A1)).hasSize(1000);
        PresenceStore.Changes first = presence.unwritten(ACME);
        assertThat(first.lost()).isEqualTo(200);
        presence.written(ACME, first);
        PresenceStore.Changes next = presence.unwritten(ACME);
        assertThat(next.lost()).isZero();
        assertThat(next.list().getFirst().number()).isEqualTo(first.list().getLast().number() + 1);
    }

    /**
     * Whatever is told in whatever order, how often, and by which of two trackers whose clocks
     * differ, the agents end as what is true of them says, and every join has one leave.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void any_order_repetition_and_two_trackers_end_the_same(int seed) {
        Random random = new Random(seed);
        List<PresenceStore> trackers = List.of(presence, stores.presence());
        List<AgentId> agents = List.of(A1, A2, new AgentId("a3"));
        List<Told> told = new ArrayList<>();
        List<History> histories = new ArrayList<>();
        for (AgentId agent : agents) {
            histories.add(new History(agent));
        }
        for (int step = 0; step < 60; step++) {
            after(Duration.ofMillis(random.nextInt(20_000)));
            histories.get(random.nextInt(histories.size())).step(random, told);
            for (int i = random.nextInt(4); i > 0; i--) {
                tellOne(told, random, trackers);
            }
            assertThat(scene.counts()).isEqualTo(scene.tally());
        }
        for (History history : histories) {
            history.end(random, told);
        }
        after(Duration.ofMillis(random.nextInt(40_000)));
        List<Told> all = new ArrayList<>(told);
        all.addAll(told);
        Collections.shuffle(all, random);
        for (Told one : all) {
            trackers.get(random.nextInt(2))
                    .evaluate(ACME, Map.of(one.agent, one.facts), now, AT, FORGET);
        }
        presence.evaluate(ACME, presence.strays(ACME), now, AT, FORGET);

        for (History history : histories) {
            assertThat(scene.status(history.agent))
                    .as("seed %d %s", seed, history.agent)
                    .isEqualTo(history.expected(now));
            assertThat(scene.comings(history.agent)).matches("(\\+-)*\\+?");
            assertThat(scene.comings(history.agent).endsWith("+"))
                    .isEqualTo(
                            history.expected(now).filter(status -> status != OFFLINE).isPresent());
        }
        assertThat(scene.counts()).isEqualTo(scene.tally());
    }

    private void tellOne(List<Told> told, Random random, List<PresenceStore> trackers) {
        Map<AgentId, Facts> facts = Map.of();
        if (!told.isEmpty()) {
            Told one = told.get(random.nextInt(told.size()));
            facts = Map.of(one.agent, one.facts);
        }
        trackers.get(random.nextInt(2))
                .evaluate(ACME, facts, now.minusMillis(random.nextInt(2_000)), AT, FORGET);
    }

    private record Told(AgentId agent, Facts facts) {}

    /** What truly happens to an agent. */
    private final class History {

        private final AgentId agent;
        private final List<ConnectionKey> open = new ArrayList<>();
        private Instant beat = Instant.EPOCH;
        private boolean ever;
        private int connections;

        History(AgentId agent) {
            this.agent = agent;
        }

        void step(Random random, List<Told> told) {
            int dice = random.nextInt(10);
            if (open.isEmpty() || dice < 3 && open.size() < 3) {
                connect(random, told);
            } else if (dice < 6) {
                disconnect(told, random.nextInt(open.size()));
            } else {
                beat(told);
            }
        }

        private void connect(Random random, List<Told> told) {
            ConnectionKey key =
                    new ConnectionKey(
                            random.nextBoolean()
                                    ? ReadingSource.natsServer("SERVER")
                                    : ReadingSource.gateway("gw", 1),
                            agent + "-" + connections++);
            open.add(key);
            ever = true;
            scene.open(agent, key);
            told.add(new Told(agent, Facts.connection(key)));
        }

        private void disconnect(List<Told> told, int which) {
            scene.close(agent, open.remove(which), now);
            told.add(new Told(agent, Facts.closed(now)));
        }

        private void beat(List<Told> told) {
            beat = now;
            told.add(new Told(agent, Facts.heartbeat(now, Door.NATS, SelfReport.NOTHING)));
        }

        /** It leaves, or stays and beats once more: an agent that beats goes on to do so. */
        void end(Random random, List<Told> told) {
            if (random.nextBoolean()) {
                while (!open.isEmpty()) {
                    disconnect(told, 0);
                }
            } else {
                if (open.isEmpty()) {
                    connect(random, told);
                }
                after(Duration.ofMillis(1));
                beat(told);
            }
        }

        Optional<PresenceStatus> expected(Instant at) {
            if (!ever) {
                return Optional.empty();
            }
            if (open.isEmpty()) {
                return Optional.of(OFFLINE);
            }
            long silent = Duration.between(beat, at).toMillis();
            return Optional.of(
                    silent <= 45_000
                            ? ONLINE
                            : silent <= 75_000 ? DEGRADED : silent < 90_000 ? UNHEALTHY : OFFLINE);
        }
    }

    private Facts beat() {
        return Facts.heartbeat(now, Door.WEBSOCKET, SelfReport.NOTHING);
    }

    private static SelfReport says(PresenceStatus status) {
        return new SelfReport("", Optional.of(status), Optional.empty(), Map.of());
    }

    private void tell(AgentId agent, Facts facts) {
        presence.evaluate(ACME, Map.of(agent, facts), now, AT, FORGET);
    }

    private Evaluated look() {
        return presence.evaluate(ACME, Map.of(), now, AT, FORGET);
    }

    private void after(Duration duration) {
        now = now.plus(duration);
    }
}
