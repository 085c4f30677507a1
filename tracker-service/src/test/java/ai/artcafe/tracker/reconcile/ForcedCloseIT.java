package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.broker.Kicker;
import ai.artcafe.tracker.broker.RawAgent;
import io.nats.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server had taken in of a connection that it ended itself is in the tenant's total. */
@Timeout(240)
class ForcedCloseIT {

    private static final Logger LOG = Logger.getLogger(ForcedCloseIT.class);

    private static final AgentId FLOODER = new AgentId("flooder");
    private static final AgentId SLEEPER = new AgentId("sleeper");
    private static final AgentId BYSTANDER = new AgentId("bystander");

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
    void a_kick_in_the_middle_of_a_flood() throws Exception {
        Scene.Place place = scene.place();
        String lines = "PUB tenant.%s.x 5\r\nhello\r\n".formatted(place.tenant()).repeat(2000);
        try (Kicker kicker = new Kicker(scene.stack)) {
            for (int i = 0; i < 3; i++) {
                try (RawAgent agent = scene.raw(place, FLOODER)) {
                    Thread flood = Thread.ofVirtual().start(() -> sendAll(agent, lines));
                    TimeUnit.MILLISECONDS.sleep(60);
                    assertThat(kicker.kick(place.slot().account())).isPositive();
                    flood.join(Duration.ofSeconds(30));
                }
            }
        }

        awaitTheServersCount(place);
        assertThat(scene.adjustments(place))
                .allSatisfy(adjustment -> {
                    assertThat(adjustment.reason()).isEqualTo(Adjustment.Reason.UNCOUNTED);
                    assertThat(adjustment.agent()).isEqualTo(FLOODER);
                });
        assertThat(scene.findings(place)).isEmpty();
    }

    private static void sendAll(RawAgent agent, String lines) {
        try {
            for (int i = 0; i < 500; i++) {
                agent.send(lines);
            }
        } catch (IOException e) {
            LOG.debugf("Kicked: reason=%s", e.getMessage());
        }
    }

    @Test
    void a_slow_consumer() throws Exception {
        Scene.Place place = scene.place();
        String subject = "tenant." + place.tenant() + ".x";
        try (RawAgent sleeper = scene.raw(place, SLEEPER);
                Connection flooder =
                        scene.agents.connect(
                                new ConnectionOwner.Agent(place.tenant(), FLOODER), place.slot())) {
            sleeper.send("SUB " + subject + " 1\r\n");
            sleeper.flush();
            for (int i = 0; i < 3000; i++) {
                flooder.publish(subject, new byte[100_000]);
            }
            flooder.flush(Duration.ofSeconds(60));
        }

        awaitTheServersCount(place);
        assertThat(scene.published(place))
                .isEqualTo(new Traffic(3000, 300_000_000).plus(Scene.WORD));
        assertThat(scene.adjustments(place)).isEmpty();
        assertThat(scene.findings(place)).isEmpty();
    }

    /** What both say is the same, and still is when a bystander's word has been compared too. */
    private static void awaitTheServersCount(Scene.Place place) throws Exception {
        awaitSame(place);
        try (RawAgent bystander = scene.raw(place, BYSTANDER)) {
            scene.endWindow(place, bystander);
        }
        awaitSame(place);
        assertThat(scene.published(place, BYSTANDER)).isEqualTo(Scene.WORD);
        LOG.infof(
                "Ended by the server: published=%s adjusted=%s",
                scene.published(place), scene.adjusted(place));
    }

    private static void awaitSame(Scene.Place place) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(scene.received(place)).hasValue(scene.published(place)));
    }
}
