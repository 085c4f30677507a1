package ai.artcafe.tracker.status;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.runtime.status.KeptMinutes;
import ai.artcafe.runtime.status.MinuteReport;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.status.StatusJson;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsIdentity;
import ai.artcafe.tracker.TrackerStack;
import ai.artcafe.tracker.broker.BusClient;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The service as it is deployed takes gateways' reports, and reports itself. */
@QuarkusTest
@QuarkusTestResource(TrackerStack.class)
class StatusServiceIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final LocalStack stack =
            LocalStack.shared(Backing.NATS, Backing.REDIS, Backing.DYNAMODB);

    @Inject RedisDataSource redis;
    @Inject StatusFeed feed;

    @Test
    void aGatewaysReportIsAcknowledgedWhenRedisHasIt() throws Exception {
        Instant minute = FlowSpan.MINUTE.start(Instant.now());
        byte[] report =
                StatusJson.text(
                                new MinuteReport(
                                        "gateway",
                                        "gw-1",
                                        minute,
                                        Optional.of(ServiceActivity.NONE),
                                        List.of()))
                        .getBytes(StandardCharsets.UTF_8);
        try (BusClient gateway = new BusClient(stack, stack.keys().seed(NatsIdentity.GATEWAY))) {
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(gateway.request(PlatformSubjects.STATUS, report))
                                    .hasValue("+ACK"));
            assertThat(services(minute)).containsKey("gateway");

            long before = feed.refused();
            byte[] old =
                    new String(report, StandardCharsets.UTF_8)
                            .replace(minute.toString().substring(0, 4), "2019")
                            .getBytes(StandardCharsets.UTF_8);
            for (byte[] bad : List.of(old, "{".getBytes(StandardCharsets.UTF_8), new byte[1000])) {
                assertThat(gateway.request(PlatformSubjects.STATUS, bad)).hasValue("+ACK");
            }
            assertThat(feed.refused() - before).isEqualTo(3);
        }
    }

    @Test
    void theTrackerReportsItsOwnRequestsAndThatItIsUp() {
        Instant begun = FlowSpan.MINUTE.start(Instant.now());
        get("/api/v1/corrections");
        await().atMost(SOON)
                .untilAsserted(() -> {
                    ServiceActivity tracker =
                            KeptMinutes.inSequence(
                                            List.of(
                                                    services(begun),
                                                    services(begun.plusSeconds(60))))
                                    .getOrDefault("tracker", ServiceActivity.NONE);
                    assertThat(tracker.total().requests()).isPositive();
                    assertThat(tracker.looks()).isPositive();
                    assertThat(redis.value(String.class).get(RedisKeys.STATUS_AGENTS)).isNotNull();
                });
    }

    private Map<String, ServiceActivity> services(Instant minute) {
        return KeptMinutes.services(
                redis.hash(String.class).hgetall(RedisKeys.statusMinute(minute)));
    }
}
