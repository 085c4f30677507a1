package ai.artcafe.gateway.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.gateway.broker.TenantLinks;
import ai.artcafe.stack.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** With a stack of its own, which it breaks. */
@QuarkusTest
@QuarkusTestResource(value = Stack.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    LocalStack stack;

    @Inject MeterRegistry meters;
    @Inject TenantLinks links;

    @Test
    @Order(1)
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
            await().atMost(PATIENCE).until(() -> links.down() == links.size());
            socket.hasNothingElse();
            double counted = published();
            String publish = "{\"type\":\"publish\",\"subject\":\"work\",\"data\":1,\"id\":\"a\"}";
            socket.send(publish);
            JsonNode error = socket.next("error");
            assertThat(error.path("code").asText()).isEqualTo("unavailable");
            assertThat(error.path("retry_after_ms").asLong()).isPositive();
            assertThat(published()).isEqualTo(counted);

            stack.nats().start();
            await().atMost(PATIENCE).until(() -> links.size() > 0 && links.down() == 0);
            socket.send(publish);
            assertThat(socket.nextAckAndMessage().path("data").asInt()).isEqualTo(1);
            assertThat(published()).isEqualTo(counted + 1);
        } finally {
            stack.nats().start();
        }
    }

    /** The last one: DynamoDB's data is in memory here. */
    @Test
    @Order(2)
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
        return meters.get("artcafe.gateway.messages")
                .tag("direction", "in")
                .functionCounter()
                .count();
    }
}
