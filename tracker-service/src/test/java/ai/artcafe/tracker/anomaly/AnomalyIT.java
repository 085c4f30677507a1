package ai.artcafe.tracker.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyAlert;
import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsIdentity;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.TrackerStack;
import ai.artcafe.tracker.anomaly.SyntheticTenant.Shape;
import ai.artcafe.tracker.broker.BusClient;
import ai.artcafe.tracker.broker.TestAgents;
import ai.artcafe.tracker.flow.FlowMinute;
import ai.artcafe.tracker.reconcile.Finding;
import ai.artcafe.tracker.reconcile.Findings;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Command;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The service as it is deployed, told of minutes as the rollup tells them. */
@QuarkusTest
@QuarkusTestResource(TrackerStack.class)
class AnomalyIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final LocalStack stack =
            LocalStack.shared(Backing.NATS, Backing.REDIS, Backing.DYNAMODB);
    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final SyntheticTenant traffic = new SyntheticTenant(Shape.MIDDLING, 31);
    private Instant at = FlowSpan.MINUTE.start(Instant.now().minus(Duration.ofMinutes(20)));

    @Inject AnomalyService service;
    @Inject Findings findings;
    @Inject ObjectMapper json;

    @Test
    void a_minute_that_went_wrong_is_on_the_bus_at_once_and_among_the_anomalies() throws Exception {
        try (TestStores stores = new TestStores(stack, Map.of());
                BusClient dashboard =
                        new BusClient(stack, stack.keys().seed(NatsIdentity.METRICS))) {
            List<String> heard = dashboard.listen(PlatformSubjects.ALERTS);
            awaitModel(stores);

            tell(true);
            await().atMost(SOON).until(() -> !ours(heard).isEmpty());
            AnomalyAlert began = ours(heard).getFirst();
            assertThat(began.event()).isEqualTo(AnomalyAlert.Event.BEGAN);
            assertThat(began.anomaly().type()).isEqualTo(AnomalyType.ERROR_RATE);
            assertThat(heard).anyMatch(text -> text.contains("\"started_at\":\""));
            await().atMost(SOON).untilAsserted(() -> assertThat(items(stores)).hasSize(1));
            Map<String, AttributeValue> item = items(stores).getFirst();
            assertThat(item).doesNotContainKey("ended_at");
            assertThat(item.get("type").s()).isEqualTo("error_rate");
            assertThat(Long.parseLong(item.get("ttl").n()))
                    .isEqualTo(
                            began.anomaly().startedAt().plus(Duration.ofDays(30)).getEpochSecond());
            assertThat(state(stores).openCount()).isOne();

            for (int minute = 0; minute < 5; minute++) {
                tell(false);
            }
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(ours(heard))
                                    .extracting(AnomalyAlert::event)
                                    .containsExactly(
                                            AnomalyAlert.Event.BEGAN, AnomalyAlert.Event.ENDED));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(items(stores))
                                    .singleElement()
                                    .satisfies(ended -> assertThat(ended).containsKey("ended_at")));
            assertThat(stores.anomalies().open(tenant, Instant.EPOCH)).isEmpty();
        }
    }

    @Test
    void what_the_ledger_found_is_told_and_kept_in_the_same_way() throws Exception {
        try (TestStores stores = new TestStores(stack, Map.of());
                BusClient dashboard =
                        new BusClient(stack, stack.keys().seed(NatsIdentity.METRICS))) {
            List<String> heard = dashboard.listen(PlatformSubjects.ALERTS);
            Finding finding =
                    new Finding(
                            tenant,
                            "bypass-1",
                            Finding.Type.COUNTER_BYPASS,
                            Finding.Severity.CRITICAL,
                            at,
                            at.plusSeconds(10),
                            17,
                            0,
                            0,
                            Optional.of(new AgentId("sly")),
                            "17 messages were hidden");
            findings.keep(finding);
            findings.keep(finding);

            await().atMost(SOON).until(() -> !ours(heard).isEmpty());
            assertThat(ours(heard)).hasSize(1);
            Anomaly told = ours(heard).getFirst().anomaly();
            assertThat(told.type()).isEqualTo(AnomalyType.COUNTER_BYPASS);
            assertThat(told.clientId()).hasValue(new AgentId("sly"));
            assertThat(items(stores))
                    .singleElement()
                    .satisfies(item -> {
                        assertThat(item.get("observed").n()).isEqualTo("17");
                        assertThat(item.get("client_id").s()).isEqualTo("sly");
                    });
        }
    }

    /** Of its own tenant no more than of others: the platform's bus is another account. */
    @Test
    void agents_hear_of_no_alerts() throws Exception {
        try (TestStores stores = new TestStores(stack, Map.of());
                TestAgents agents = new TestAgents(stack);
                BusClient dashboard =
                        new BusClient(stack, stack.keys().seed(NatsIdentity.METRICS));
                var agent =
                        agents.connect(
                                new ConnectionOwner.Agent(tenant, new AgentId("nosy")),
                                Slot.number(7))) {
            List<String> heard = dashboard.listen(PlatformSubjects.ALERTS);
            var all = agent.subscribe("_ALERT.>");
            var own = agent.subscribe(PlatformSubjects.alerts(tenant));
            agent.flush(SOON);
            awaitModel(stores);

            tell(true);

            await().atMost(SOON).until(() -> !ours(heard).isEmpty());
            assertThat(all.nextMessage(Duration.ofMillis(500))).isNull();
            assertThat(own.nextMessage(Duration.ofMillis(10))).isNull();
        }
    }

    private void awaitModel(TestStores stores) {
        tell(false);
        await().atMost(SOON)
                .until(() ->
                        stores.redis()
                                .send(Command.GET, RedisKeys.anomalyState(tenant))
                                .isPresent());
    }

    private void tell(boolean failing) {
        Minute minute =
                failing ? traffic.minute(at, weather -> weather.errorRate(0.6)) : traffic.usual(at);
        at = FlowSpan.MINUTE.end(at);
        FlowMinute told = WatchStage.flowMinute(minute, Tier.ENTERPRISE);
        service.minute(
                new FlowMinute(tenant, told.tier(), told.point(), told.flow(), told.agents()));
    }

    private AnomalyState state(TestStores stores) throws Exception {
        return json.readValue(
                stores.redis()
                        .send(Command.GET, RedisKeys.anomalyState(tenant))
                        .orElseThrow()
                        .toString(),
                AnomalyState.class);
    }

    private List<AnomalyAlert> ours(List<String> heard) {
        return heard.stream()
                .map(text -> {
                    try {
                        return json.readValue(text, AnomalyAlert.class);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .filter(alert -> alert.anomaly().tenantId().equals(tenant))
                .toList();
    }

    private List<Map<String, AttributeValue>> items(TestStores stores) {
        return stores.tables().items("TENANT#" + tenant).entrySet().stream()
                .filter(item -> item.getKey().startsWith("ANOMALY#"))
                .map(Map.Entry::getValue)
                .toList();
    }
}
