package ai.artcafe.gateway.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.stack.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** With a stack of its own, which it breaks, and with short timeouts. */
@QuarkusTest
@QuarkusTestResource(value = Stack.class, restrictToAnnotatedClass = true)
@TestProfile(OutageIT.ShortTimeouts.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Silence is found out soon. */
    public static final class ShortTimeouts implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("artcafe.gateway.socket.heartbeat-timeout", "5s");
        }
    }

    LocalStack stack;

    @Inject MeterRegistry meters;

    @Test
    @Order(1)
    void whoFallsSilentIsClosed() throws Exception {
        TestSocket silent = Platform.sshAgent(Platform.tenant("enterprise")).connect();
        assertThat(silent.awaitClose()).isEqualTo(4408);
    }

    @Test
    @Order(2)
    void withoutNatsMessagesAreRefusedUncountedAndTakenOnceItIsBack() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("enterprise"));
        try (TestSocket socket = agent.connect().subscribe("work")) {
            stack.nats().kill();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            given().get("/health/ready")
                                    .then()
                                    .statusCode(503)
                                    .body(
                                            "checks.findAll{it.status=='DOWN'}.name",
                                            hasItem("auth-callout")));
            socket.hasNothingElse();
            double counted = published();
            String publish = "{\"type\":\"publish\",\"subject\":\"work\",\"data\":1,\"id\":\"a\"}";
            socket.send(publish);
            JsonNode error = socket.next("error");
            assertThat(error.path("code").asText()).isEqualTo("unavailable");
            assertThat(error.path("retry_after_ms").asLong()).isPositive();
            assertThat(published()).isEqualTo(counted);

            stack.nats().start();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        socket.send(publish);
                        return socket.next().path("type").asText().equals("ack");
                    });
            assertThat(socket.next("message").path("data").asInt()).isEqualTo(1);
            assertThat(published()).isEqualTo(counted + 1);
        }
    }

    /** The last one: DynamoDB's data is in memory here. */
    @Test
    @Order(3)
    void withoutDynamoDbAgentsAreToldToComeBack() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("enterprise"));
        try (TestSocket socket = agent.connect().subscribe("work")) {
            stack.dynamoDb().kill();
            given().header("X-Tenant-Id", agent.tenant())
                    .get("/api/v1/agents/" + agent.id() + "/challenge")
                    .then()
                    .statusCode(503)
                    .body("code", equalTo("unavailable"));
            socket.send("{\"type\":\"publish\",\"subject\":\"work\",\"data\":1}");
            socket.next("message");
        } finally {
            stack.dynamoDb().start();
        }
    }

    private double published() {
        return meters.get("artcafe.gateway.messages").tag("direction", "in").counter().count();
    }
}
