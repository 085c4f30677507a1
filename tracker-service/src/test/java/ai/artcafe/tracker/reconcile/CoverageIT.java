package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.broker.RawAgent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tap drops is missing where it is shown, and nowhere in the bill. */
@Timeout(180)
class CoverageIT {

    @Test
    void a_tap_that_is_too_slow_says_so_within_ten_seconds() throws Exception {
        Map<String, String> settings = new HashMap<>(Scene.SETTINGS);
        settings.put("artcafe.tap.max-pending-messages", "5");
        try (Scene scene = new Scene(settings)) {
            Scene.Place place = scene.place();
            String line = "PUB tenant.%s.x 5\r\nhello\r\n".formatted(place.tenant());
            int messages = 60_000;
            try (RawAgent agent = scene.raw(place, new AgentId("alice"))) {
                agent.send(line.repeat(messages));
                agent.flush();
            }
            assertThat(scene.tracker().tap().dropped()).isPositive();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> {
                        Map<String, Long> said = scene.reconciledMessages(place);
                        long handed = said.getOrDefault("tap" + ReconciledFields.MESSAGES, 0L);
                        long seen = said.getOrDefault("seen" + ReconciledFields.MESSAGES, 0L);
                        assertThat(handed).isEqualTo(messages);
                        assertThat(seen).isLessThan(handed);
                    });
            assertThat(scene.published(place)).isEqualTo(new Traffic(messages, 5L * messages));
            assertThat(scene.adjustments(place)).isEmpty();
            Map<String, Long> said = scene.reconciledMessages(place);
            assertThat(scene.stores.redis().flow(place.tenant()).messages())
                    .isEqualTo(said.get("seen" + ReconciledFields.MESSAGES));
        }
    }
}
