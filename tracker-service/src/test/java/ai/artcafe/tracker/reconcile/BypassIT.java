package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.broker.RawAgent;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that tricks the server's counters is found, and pays. */
@Timeout(240)
class BypassIT {

    private static final Logger LOG = Logger.getLogger(BypassIT.class);

    private static final AgentId MALLORY = new AgentId("mallory");
    private static final AgentId ALICE = new AgentId("alice");
    private static final String GARBAGE = "GARBAGE\r\n";

    private static Scene scene;

    @BeforeAll
    static void start() throws Exception {
        scene = new Scene(Scene.SETTINGS);
    }

    @AfterAll
    static void stop() throws Exception {
        scene.close();
    }

    @Test
    void publishes_followed_by_garbage_in_one_write() throws Exception {
        Scene.Place place = scene.place();

        hide(place, publishes(place, 120, 50) + GARBAGE, "");

        awaitFound(place, new Traffic(120, 6000));
        assertThat(scene.findings(place).getFirst().get("explanation").s())
                .contains("Protocol Violation");
    }

    @Test
    void publishes_followed_by_one_that_is_too_large() throws Exception {
        Scene.Place place = scene.place();

        hide(place, publishes(place, 120, 50) + subject("PUB", place) + " 99999999\r\n", "");

        awaitFound(place, new Traffic(120, 6000));
    }

    @Test
    void publishes_with_headers() throws Exception {
        Scene.Place place = scene.place();
        String headers = "NATS/1.0\r\nKey: value\r\n\r\n";
        String one =
                "%s %d %d\r\n%s%s\r\n"
                        .formatted(
                                subject("HPUB", place),
                                headers.length(),
                                headers.length() + 30,
                                headers,
                                "x".repeat(30));

        hide(place, one.repeat(25) + GARBAGE, ",\"headers\":true");

        awaitFound(place, new Traffic(25, 25L * (headers.length() + 30)));
    }

    @Test
    void publishes_followed_by_a_second_login_that_fails() throws Exception {
        Scene.Place place = scene.place();
        String login = "CONNECT {\"verbose\":false,\"user\":\"tenant-1/alice\",\"pass\":\"x\"}\r\n";

        hide(place, publishes(place, 120, 50) + login, "");

        awaitFound(place, new Traffic(120, 6000));
    }

    @Test
    void many_small_ones_and_few_large_ones() throws Exception {
        Scene.Place small = scene.place();
        Scene.Place large = scene.place();

        hide(small, publishes(small, 2000, 1) + GARBAGE, "");
        hide(large, publishes(large, 3, 20_000) + GARBAGE, "");

        awaitFound(small, new Traffic(2000, 2000));
        awaitFound(large, new Traffic(3, 60_000));
    }

    @Test
    void again_and_again_over_new_connections() throws Exception {
        Scene.Place place = scene.place();

        for (int i = 0; i < 8; i++) {
            hide(place, publishes(place, 120, 50) + GARBAGE, "");
        }

        awaitFound(place, new Traffic(960, 48_000));
    }

    @Test
    void while_refused_publishes_make_up_for_the_number() throws Exception {
        Scene.Place place = scene.place();
        int hidden = 100;
        try (RawAgent agent = scene.raw(place, MALLORY)) {
            agent.send("PUB other.subject 1\r\nx\r\n".repeat(hidden));
            agent.flush();
            agent.send(publishes(place, hidden, 100) + GARBAGE);
            agent.awaitEnd();
        }

        await().atMost(Scene.DETECTION)
                .untilAsserted(() -> {
                    assertThat(scene.published(place).bytes()).isEqualTo(100L * hidden);
                    assertThat(scene.published(place).messages()).isGreaterThanOrEqualTo(hidden);
                    assertThat(scene.findings(place)).hasSize(1);
                });
    }

    @Test
    void while_others_keep_the_slot_busy() throws Exception {
        Scene.Place place = scene.place();
        try (Chatter chatter = new Chatter(place)) {
            chatter.awaitMessages(200);

            long begun = System.nanoTime();
            hide(place, publishes(place, 400, 50) + GARBAGE, "");

            await().atMost(Scene.DETECTION)
                    .untilAsserted(() -> assertThat(scene.findings(place)).isNotEmpty());
            tell("busy slot", begun);
            assertThat(scene.findings(place).getFirst().get("client_id").s())
                    .isEqualTo(MALLORY.value());
            chatter.stop();
            await().atMost(Scene.DETECTION)
                    .untilAsserted(() -> {
                        assertThat(scene.published(place, MALLORY))
                                .isEqualTo(new Traffic(400, 20_000));
                        assertThat(scene.published(place, ALICE)).isEqualTo(chatter.sent());
                        assertThat(scene.published(place))
                                .isEqualTo(chatter.sent().plus(400, 20_000));
                    });
        }
    }

    @Test
    void the_third_time_the_agent_is_disabled() throws Exception {
        Scene.Place place = scene.place();
        scene.stores.tables().register(place.tenant(), MALLORY);
        for (int i = 1; i <= 3; i++) {
            assertThat(scene.stores.tables().status(place.tenant(), MALLORY)).isEqualTo("active");
            hide(place, publishes(place, 120, 50) + GARBAGE, "");
            Traffic all = new Traffic(120L * i, 6000L * i);
            await().atMost(Scene.DETECTION)
                    .untilAsserted(() -> assertThat(scene.published(place)).isEqualTo(all));
        }

        await().atMost(Scene.DETECTION)
                .untilAsserted(() -> {
                    assertThat(scene.stores.tables().status(place.tenant(), MALLORY))
                            .isEqualTo("disabled");
                    assertThat(scene.findings(place))
                            .anySatisfy(finding ->
                                    assertThat(finding.get("type").s())
                                            .isEqualTo("agent_disabled"));
                });
    }

    private static String subject(String verb, Scene.Place place) {
        return verb + " tenant." + place.tenant() + ".x";
    }

    private static String publishes(Scene.Place place, int count, int size) {
        return "%s %d\r\n%s\r\n"
                .formatted(subject("PUB", place), size, "x".repeat(size))
                .repeat(count);
    }

    private static void hide(Scene.Place place, String lines, String options) throws Exception {
        try (RawAgent agent = scene.raw(place, MALLORY, options)) {
            agent.send(lines);
            agent.awaitEnd();
        }
    }

    private static void awaitFound(Scene.Place place, Traffic truth) {
        long begun = System.nanoTime();
        await().atMost(Scene.DETECTION)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(scene.findings(place)).hasSize(1));
        tell(place.tenant().value(), begun);
        await().atMost(Scene.DETECTION)
                .untilAsserted(() -> {
                    assertThat(scene.published(place)).isEqualTo(truth);
                    assertThat(scene.published(place, MALLORY)).isEqualTo(truth);
                });
        assertThat(scene.findings(place).getFirst())
                .satisfies(finding -> {
                    assertThat(finding.get("type").s()).isEqualTo("counter_bypass");
                    assertThat(finding.get("severity").s()).isEqualTo("critical");
                    assertThat(finding.get("client_id").s()).isEqualTo(MALLORY.value());
                });
        assertThat(scene.adjustments(place))
                .isNotEmpty()
                .allSatisfy(adjustment -> {
                    assertThat(adjustment.reason()).isEqualTo(Adjustment.Reason.HIDDEN);
                    assertThat(adjustment.agent()).isEqualTo(MALLORY);
                    assertThat(adjustment.evidence()).containsKey("connections");
                });
        assertThat(scene.published(place, Attribution.UNATTRIBUTED)).isEqualTo(Traffic.NONE);
    }

    private static void tell(String what, long begun) {
        LOG.infof("Found: what=%s after_ms=%d", what, (System.nanoTime() - begun) / 1_000_000);
    }

    /** One agent publishes about a hundred messages a second to another. */
    private static final class Chatter implements AutoCloseable {

        private final AtomicBoolean stopping = new AtomicBoolean();
        private final AtomicLong messages = new AtomicLong();
        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Future<?> running;

        Chatter(Scene.Place place) {
            running = thread.submit(() -> run(place));
        }

        private Void run(Scene.Place place) throws Exception {
            String subject = "tenant." + place.tenant() + ".chat";
            try (Connection alice =
                            scene.agents.connect(
                                    new ConnectionOwner.Agent(place.tenant(), ALICE),
                                    place.slot());
                    Connection bob =
                            scene.agents.connect(
                                    new ConnectionOwner.Agent(place.tenant(), new AgentId("bob")),
                                    place.slot())) {
                bob.createDispatcher(_ -> {}).subscribe(subject);
                bob.flush(Duration.ofSeconds(10));
                while (!stopping.get()) {
                    alice.publish(subject, new byte[10]);
                    messages.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(10);
                }
                alice.flush(Duration.ofSeconds(10));
            }
            return null;
        }

        void awaitMessages(long count) {
            await().atMost(Duration.ofSeconds(30)).until(() -> messages.get() >= count);
        }

        Traffic sent() {
            return new Traffic(messages.get(), messages.get() * 10);
        }

        void stop() throws Exception {
            stopping.set(true);
            running.get(30, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws Exception {
            stop();
            thread.shutdown();
        }
    }
}
