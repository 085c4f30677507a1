package ai.artcafe.tracker;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.signal.GatewaySignals;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsIdentity;
import ai.artcafe.tracker.broker.BusClient;
import ai.artcafe.tracker.presence.PresenceScene;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The service as it is deployed. */
@QuarkusTest
@QuarkusTestResource(TrackerStack.class)
class TrackerServiceIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final LocalStack stack =
            LocalStack.shared(Backing.NATS, Backing.REDIS, Backing.DYNAMODB);
    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final AgentId agent = new AgentId("a-" + UUID.randomUUID());

    @Inject ObjectMapper json;

    @Test
    void a_gateways_batch_is_acknowledged_when_redis_has_it_and_reaches_dynamodb()
            throws Exception {
        Instant now = Instant.now();
        byte[] batch =
                json.writeValueAsBytes(
                        new GatewayReadings(
                                "gw-1",
                                42,
                                now,
                                false,
                                List.of(
                                        new GatewayReadings.Socket(
                                                "c1",
                                                tenant,
                                                agent,
                                                now.minusSeconds(1),
                                                new Counters(5, 50, 3, 30, 2, 20),
                                                false))));
        try (TestStores stores = new TestStores(stack, Map.of());
                BusClient gateway = new BusClient(stack, stack.keys().seed(NatsIdentity.GATEWAY))) {
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(gateway.request(PlatformSubjects.GATEWAY_READINGS, batch))
                                    .hasValue("+ACK"));

            assertThat(stores.redis().totals(tenant, agent).published())
                    .isEqualTo(new Traffic(5, 50));
            assertThat(stores.redis().totals(tenant).control()).isEqualTo(new Traffic(2, 20));
            assertThat(stores.ledger().sources()).containsKey("g:gw-1.42");
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(stores.tables().items("CLIENT#" + agent).keySet())
                                    .anyMatch(key -> key.startsWith("SESSION#")));
        }
    }

    @Test
    void a_gateways_socket_and_its_signals_show_as_presence_and_errors() throws Exception {
        Instant now = Instant.now();
        byte[] readings =
                json.writeValueAsBytes(
                        new GatewayReadings(
                                "gw-2",
                                43,
                                now,
                                false,
                                List.of(
                                        new GatewayReadings.Socket(
                                                "c2",
                                                tenant,
                                                agent,
                                                now.minusSeconds(1),
                                                Counters.ZERO,
                                                false))));
        byte[] signals =
                json.writeValueAsBytes(
                        new GatewaySignals(
                                "gw-2",
                                now,
                                List.of(
                                        new GatewaySignals.Heartbeat(
                                                tenant,
                                                agent,
                                                "c2",
                                                now,
                                                Optional.of("{\"status\":\"degraded\"}"))),
                                List.of(
                                        new GatewaySignals.Errors(
                                                tenant,
                                                Optional.of(agent),
                                                ErrorSignal.REFUSED,
                                                3))));
        try (TestStores stores = new TestStores(stack, Map.of());
                BusClient gateway = new BusClient(stack, stack.keys().seed(NatsIdentity.GATEWAY))) {
            PresenceScene scene = new PresenceScene(stores, tenant);
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(gateway.request(PlatformSubjects.GATEWAY_READINGS, readings))
                                    .hasValue("+ACK"));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(scene.status(agent)).hasValue(PresenceStatus.ONLINE));
            assertThat(gateway.request(PlatformSubjects.GATEWAY_SIGNALS, signals)).isEmpty();
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(scene.status(agent)).hasValue(PresenceStatus.DEGRADED));
            assertThat(scene.presence(agent).orElseThrow().doors()).containsExactly(Door.WEBSOCKET);
            assertThat(
                            Stream.of(now, Instant.now())
                                    .map(at ->
                                            stores.redis().hash(RedisKeys.flowErrors(tenant, at))))
                    .anySatisfy(errors ->
                            assertThat(errors)
                                    .containsEntry("refused", "3")
                                    .containsEntry("refused|" + agent, "3"));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(stores.tables().items("CLIENT#" + agent).keySet())
                                    .anyMatch(key -> key.startsWith("PRESENCE#")));
        }
    }

    @Test
    void health_names_its_parts() {
        await().atMost(SOON)
                .untilAsserted(() ->
                        get("/q/health/ready")
                                .then()
                                .statusCode(200)
                                .body("status", equalTo("UP"))
                                .body(
                                        "checks.name",
                                        hasItems(
                                                "nats-monitor",
                                                "nats-tap",
                                                "ledger",
                                                "witnesses",
                                                "dynamodb")));
    }

    @Test
    void metrics_tell_of_ledger_and_tap() {
        await().atMost(SOON)
                .untilAsserted(() ->
                        get("/q/metrics")
                                .then()
                                .statusCode(200)
                                .body(containsString("artcafe_ledger_poll_age_seconds"))
                                .body(containsString("artcafe_ledger_drift_messages"))
                                .body(containsString("artcafe_ledger_reconciled_windows_total"))
                                .body(containsString("artcafe_ledger_gaps_total"))
                                .body(containsString("artcafe_ledger_polls_total"))
                                .body(
                                        containsString(
                                                "artcafe_ledger_adjusted_messages_total{reason=\"hidden\"}"))
                                .body(containsString("artcafe_presence_ignored_total"))
                                .body(containsString("artcafe_tap_dropped_messages")));
    }
}
