package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.broker.RawAgent;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishes that the server refused are counted, and no drift. */
@Timeout(240)
class RefusedIT {

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
    void forbidden_publishes_are_no_drift() throws Exception {
        Scene.Place place = scene.place();
        try (RawAgent agent = scene.raw(place, new AgentId("eager"))) {
            agent.send("PUB forbidden.subject 4\r\nabcd\r\n".repeat(500));
            agent.send("PUB tenant.%s.x 2\r\nab\r\n".formatted(place.tenant()).repeat(100));
            agent.flush();
        }

        await().atMost(Scene.DETECTION)
                .untilAsserted(
                        () -> assertThat(scene.published(place)).isEqualTo(new Traffic(600, 2200)));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(scene.reconciledMessages(place))
                                .containsEntry(field(ReconciledFields.REFUSED), 500L)
                                .containsEntry(field(ReconciledFields.LEDGER), 600L)
                                .containsEntry(field(ReconciledFields.SERVER), 600L)
                                .containsEntry(field(ReconciledFields.TAP), 100L)
                                .containsEntry(field(ReconciledFields.SEEN), 100L));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(scene.errors(place))
                                .containsEntry(ErrorSignal.FORBIDDEN.id(), 500L));
        assertThat(scene.adjustments(place)).isEmpty();
        assertThat(scene.findings(place)).isEmpty();
        assertThat(scene.tracker().reconciler().progress().drift()).isZero();
    }

    private static String field(String name) {
        return name + ReconciledFields.MESSAGES;
    }
}
