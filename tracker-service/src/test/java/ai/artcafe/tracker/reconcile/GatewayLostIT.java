package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import io.nats.client.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway whose link has carried more than its sockets' readings ever told. */
@Timeout(240)
class GatewayLostIT {

    private static final AgentId AGENT = new AgentId("ws-agent");
    private static final Attribution GATEWAY = new Attribution.Gateway("gw-1");
    private static final ReadingSource SOURCE = ReadingSource.gateway("gw-1", 42);

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
    void what_is_missing_is_booked_to_it_and_taken_back_when_the_readings_come_after_all()
            throws Exception {
        Scene.Place place = scene.place();
        publish(place, 100);
        tell(place, 100);
        awaitEven(place);

        publish(place, 30);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    assertThat(scene.published(place)).isEqualTo(new Traffic(130, 1300));
                    assertThat(scene.published(place, GATEWAY)).isEqualTo(new Traffic(30, 300));
                    assertThat(scene.published(place, AGENT)).isEqualTo(new Traffic(100, 1000));
                });
        assertThat(scene.adjustments(place))
                .singleElement()
                .satisfies(adjustment ->
                        assertThat(adjustment.reason()).isEqualTo(Adjustment.Reason.GATEWAY_LOST));

        tell(place, 130);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    assertThat(scene.published(place)).isEqualTo(new Traffic(130, 1300));
                    assertThat(scene.published(place, GATEWAY)).isEqualTo(Traffic.NONE);
                    assertThat(scene.published(place, AGENT)).isEqualTo(new Traffic(130, 1300));
                    assertThat(scene.adjusted(place)).isEqualTo(Traffic.NONE);
                });
        assertThat(scene.adjustments(place)).hasSize(2);
        assertThat(scene.findings(place)).isEmpty();
    }

    /** Returns when the ledger has seen link and sockets agree for longer than patience. */
    private static void awaitEven(Scene.Place place) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() ->
                        assertThat(
                                        scene.stores
                                                .redis()
                                                .hash("ledger:meta:{" + place.tenant() + "}"))
                                .containsEntry("base:g:gw-1", "100 1000 100 1000"));
    }

    private static void publish(Scene.Place place, int messages) throws Exception {
        try (Connection link =
                scene.agents.connect(
                        new ConnectionOwner.Gateway(place.tenant(), "gw-1"), place.slot())) {
            for (int i = 0; i < messages; i++) {
                link.publish("tenant." + place.tenant() + ".x", new byte[10]);
            }
            link.flush(Duration.ofSeconds(10));
        }
    }

    private static void tell(Scene.Place place, int messages) {
        Instant now = Instant.now();
        scene.stores
                .ledger()
                .apply(
                        List.of(
                                new TenantBatch(
                                        place.tenant(),
                                        now,
                                        List.of(
                                                new Observed(
                                                        new Reading(
                                                                new ConnectionKey(SOURCE, "c1"),
                                                                place.tenant(),
                                                                AGENT,
                                                                now,
                                                                Counters.of(
                                                                        messages,
                                                                        messages * 10L,
                                                                        0,
                                                                        0),
                                                                false),
                                                        now)),
                                        List.of())));
    }
}
