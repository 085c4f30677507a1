package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.broker.RawAgent;
import io.nats.client.Connection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a tenant is not tapped nothing is booked for what the tap does not see. */
@Timeout(240)
class TapOffIT {

    private static final AgentId ALICE = new AgentId("alice");
    private static final AgentId BOB = new AgentId("bob");
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

    private static long seen(Scene.Place place) {
        return scene.stores.redis().flow(place.tenant()).messages();
    }

    private static long said(Map<String, Long> reconciled, String name) {
        return reconciled.getOrDefault(name + ReconciledFields.MESSAGES, 0L);
    }

    /** All that happened before this is in windows that have ended. */
    private static void awaitWindows(Scene.Place place, RawAgent agent) throws Exception {
        for (int i = 0; i < 2; i++) {
            scene.endWindow(place, agent);
        }
    }

    /** How long a request takes that nobody serves, 3 s at most. */
    private static Duration request(Scene.Place place, Connection bob) throws Exception {
        long start = System.nanoTime();
        assertThat(
                        bob.request(
                                "tenant." + place.tenant() + ".nobody",
                                new byte[0],
                                Duration.ofSeconds(3)))
                .isNull();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void off_leaves_no_interest_and_no_false_booking_and_on_sees_again() throws Exception {
        Scene.Place place = scene.place();
        String subject = "tenant." + place.tenant() + ".x";
        try (RawAgent alice = scene.raw(place, ALICE);
                Connection bob =
                        scene.agents.connect(
                                new ConnectionOwner.Agent(place.tenant(), BOB), place.slot())) {
            alice.publish(subject, "hello");
            await().atMost(Scene.DETECTION).until(() -> seen(place) == 1);
            assertThat(request(place, bob)).isGreaterThan(Duration.ofSeconds(2));

            long switched = System.nanoTime();
            scene.tap(place, TapMode.OFF);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> request(place, bob).compareTo(Duration.ofSeconds(1)) < 0);
            System.out.println(
                    "off after "
                            + Duration.ofNanos(System.nanoTime() - switched).toMillis()
                            + " ms, a request fails after "
                            + request(place, bob).toMillis()
                            + " ms");
            awaitWindows(place, alice);
            Map<String, Long> before = scene.reconciledMessages(place);
            long seenBefore = seen(place);
            for (int i = 0; i < 200; i++) {
                alice.publish(subject, "hello");
            }
            alice.publish("tenant.someone-else.x", "not allowed");
            alice.publish("_HEARTBEAT.tenant.%s.client.%s".formatted(place.tenant(), ALICE), "{}");
            awaitWindows(place, alice);
            Map<String, Long> after = scene.reconciledMessages(place);
            assertThat(said(after, ReconciledFields.LEDGER))
                    .isGreaterThanOrEqualTo(said(before, ReconciledFields.LEDGER) + 201);
            for (String unsaid :
                    new String[] {
                        ReconciledFields.TAP,
                        ReconciledFields.SEEN,
                        ReconciledFields.TAPPED_LEDGER,
                        ReconciledFields.REFUSED
                    }) {
                assertThat(said(after, unsaid)).as(unsaid).isEqualTo(said(before, unsaid));
            }
            assertThat(scene.adjustments(place)).isEmpty();
            assertThat(seen(place)).isEqualTo(seenBefore);
            assertThat(scene.stores.redis().totals(place.tenant(), ALICE).control().messages())
                    .isEqualTo(1);

            scene.tap(place, TapMode.FULL);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> request(place, bob).compareTo(Duration.ofSeconds(2)) > 0);
            long seenAgain = seen(place);
            for (int i = 0; i < 50; i++) {
                alice.publish(subject, "hello");
            }
            await().atMost(Scene.DETECTION).until(() -> seen(place) >= seenAgain + 50);
            awaitWindows(place, alice);
            assertThat(scene.adjustments(place)).isEmpty();
        }
        Traffic honest = scene.published(place);

        String line = "PUB %s 50\r\n%s\r\n".formatted(subject, "x".repeat(50));
        try (RawAgent mallory = scene.raw(place, MALLORY)) {
            mallory.send(line.repeat(120) + "GARBAGE\r\n");
            mallory.awaitEnd();
        }
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> {
                    assertThat(scene.findings(place)).hasSize(1);
                    assertThat(scene.published(place)).isEqualTo(honest.plus(120, 6000));
                });
    }
}
