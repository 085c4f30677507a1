package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.broker.Kicker;
import ai.artcafe.tracker.broker.RawAgent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a witness is away nothing is booked falsely; when it is back, what is hidden is found. */
@Timeout(240)
class WitnessAwayIT {

    private static final AgentId ALICE = new AgentId("alice");
    private static final AgentId MALLORY = new AgentId("mallory");

    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(Scene.SETTINGS);
    }

    @AfterEach
    void stop() throws Exception {
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
        scene.awaitNextWindow(place);
        assertThat(scene.adjustments(place)).isEmpty();

        hide(place);

        awaitFound(place, honest);
    }

    @Test
    void the_tracker_is_killed_with_something_hidden_in_the_open_window() throws Exception {
        Scene.Place place = scene.place();
        scene.killTracker();
        hide(place);
        scene.startTracker();

        scene.awaitNextWindow(place);
        hide(place);

        await().atMost(Scene.DETECTION)
                .untilAsserted(() ->
                        assertThat(scene.published(place).messages()).isGreaterThan(120));
        assertThat(scene.published(place).messages()).isLessThanOrEqualTo(240);
        assertThat(scene.findings(place)).isNotEmpty();
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
