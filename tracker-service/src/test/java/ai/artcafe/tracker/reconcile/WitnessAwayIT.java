package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.Tracker;
import ai.artcafe.tracker.broker.Kicker;
import ai.artcafe.tracker.broker.RawAgent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a witness is away nothing is booked falsely; when it is back, what is hidden is found. */
@Timeout(240)
class WitnessAwayIT {

    private static final AgentId ALICE = new AgentId("alice");
    private static final AgentId MALLORY = new AgentId("mallory");

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
    void the_tap_loses_its_connection_again_and_again() throws Exception {
        Scene.Place place = scene.place();
        String line = "PUB tenant.%s.x 10\r\n0123456789\r\n".formatted(place.tenant());
        long sent = 0;
        try (Kicker kicker = new Kicker(scene.stack);
                RawAgent agent = scene.raw(place, ALICE)) {
            for (int i = 0; i < 100; i++) {
                agent.send(line.repeat(10));
                agent.flush();
                sent += 10;
                if (i % 25 == 10) {
                    assertThat(kicker.kick("TAP")).isPositive();
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        Traffic honest = new Traffic(sent, 10 * sent);
        await().atMost(Scene.DETECTION)
                .untilAsserted(() -> assertThat(scene.published(place)).isEqualTo(honest));
        endWindow(place);
        assertThat(scene.adjustments(place)).isEmpty();

        hide(place);

        awaitFound(place, honest.plus(Scene.WORD));
    }

    @Test
    void another_tracker_takes_over_with_something_hidden_in_the_open_window() throws Exception {
        Scene.Place place = scene.place();
        try (Tracker other = scene.standby()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> other.feed().isListening());
            Traffic honest = Traffic.NONE;
            for (int i = 1; i <= 5; i++) {
                endWindow(place);
                honest = honest.plus(Scene.WORD);
            }
            hide(place);
            scene.killTracker();

            awaitFound(place, honest);
            assertThat(other.reconciler().progress().isLeading()).isTrue();
        }
        scene.startTracker();
    }

    @Test
    void after_a_time_without_any_tracker_what_is_hidden_is_found_again() throws Exception {
        Scene.Place place = scene.place();
        String line = "PUB tenant.%s.x 10\r\n0123456789\r\n".formatted(place.tenant());
        scene.killTracker();
        try (RawAgent agent = scene.raw(place, ALICE)) {
            agent.send(line.repeat(1000));
            agent.flush();
        }
        scene.startTracker();
        Traffic honest = new Traffic(1000, 10_000);
        await().atMost(Scene.DETECTION)
                .untilAsserted(() -> assertThat(scene.published(place)).isEqualTo(honest));
        endWindow(place);
        assertThat(scene.adjustments(place)).isEmpty();

        hide(place);

        awaitFound(place, honest.plus(Scene.WORD));
    }

    private static void endWindow(Scene.Place place) throws Exception {
        try (RawAgent agent = scene.raw(place, ALICE)) {
            scene.endWindow(place, agent);
        }
    }

    private void hide(Scene.Place place) throws Exception {
        String line = "PUB tenant.%s.x 50\r\n%s\r\n".formatted(place.tenant(), "x".repeat(50));
        try (RawAgent agent = scene.raw(place, MALLORY)) {
            agent.send(line.repeat(120) + "GARBAGE\r\n");
            agent.awaitEnd();
        }
    }

    private void awaitFound(Scene.Place place, Traffic honest) {
        await().atMost(Scene.DETECTION)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    assertThat(scene.findings(place)).hasSize(1);
                    assertThat(scene.published(place)).isEqualTo(honest.plus(120, 6000));
                    assertThat(scene.published(place, ALICE)).isEqualTo(honest);
                });
    }
}
