package ai.artcafe.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.broker.TenantPublisher;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Subscription;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the gateway sends for users is in its readings, all of it, as its link's counters say. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ApiTrafficIT {

    @Inject SocketReadings readings;
    @Inject TenantPublisher publisher;
    @Inject GatewayIdentity gateway;
    @Inject ObjectMapper json;

    @Test
    void theReadingsOfTheApiAreWhatTheServerCountsOfTheLink() throws Exception {
        String tenant = Platform.tenant("enterprise");
        Platform.as(tenant, Role.ADMIN)
                .body(Map.of("channel_id", "news"))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
        Platform.NatsAgent agent = Platform.natsAgent(tenant);
        try (Connection nats = agent.connect()) {
            nats.createDispatcher(question -> nats.publish(question.getReplyTo(), bytes("\"so\"")))
                    .subscribe("tenant." + tenant + ".agent." + agent.id() + ".request");
            nats.flush(Duration.ofSeconds(20));
            for (int i = 0; i < 5; i++) {
                send(tenant, "{\"data\": [ 1, 2 ], \"id\": \"m" + i % 4 + "\"}")
                        .then()
                        .statusCode(202);
            }
            send(tenant, "{}").then().statusCode(400);
            Platform.as(tenant, Role.MEMBER)
                    .body(Map.of("data", "how?"))
                    .post("/api/v1/agents/" + agent.id() + "/requests")
                    .then()
                    .statusCode(200);
            publisher.notice(
                    new TenantId(tenant), "tenant." + tenant + ".agent.x.limits", bytes("{}"));
        }

        List<Counters> counted =
                readings.unacknowledged().stream()
                        .filter(reading -> reading.agentId() instanceof Attribution.Api)
                        .filter(reading -> reading.tenantId().value().equals(tenant))
                        .map(GatewayReadings.Socket::counters)
                        .toList();

        assertThat(counted).containsExactly(new Counters(5, 4 * 5 + 6, 1, 4, 1, 2));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(linkMessages(tenant)).isEqualTo(5 + 1));
    }

    private static Response send(String tenant, String body) {
        return Platform.as(tenant, Role.MEMBER).body(body).post("/api/v1/channels/news/messages");
    }

    /** Messages that the server has taken in on the gateway's own connection for the tenant. */
    private long linkMessages(String tenant) throws Exception {
        String name = tenant + "/@gateway-" + gateway.id();
        try (Connection monitor = Platform.connectAs("monitor")) {
            String inbox = "_INBOX_MON.api";
            Subscription answers = monitor.subscribe(inbox);
            monitor.publish(
                    "$SYS.REQ.SERVER.PING.CONNZ", inbox, bytes("{\"auth\":true,\"limit\":10000}"));
            JsonNode page = json.readTree(answers.nextMessage(Duration.ofSeconds(20)).getData());
            for (JsonNode connection : page.path("data").path("connections")) {
                if (connection.path("authorized_user").asText().equals(name)) {
                    return connection.path("in_msgs").asLong();
                }
            }
            return -1;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
