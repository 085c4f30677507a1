package ai.artcafe.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class AgentRequestIT {

    private String tenant;

    @BeforeEach
    void createTenant() {
        tenant = Platform.tenant("enterprise");
    }

    @Test
    void anAgentAtTheNatsDoorReplies() throws Exception {
        Platform.NatsAgent agent = Platform.natsAgent(tenant);
        try (Connection nats = agent.connect()) {
            nats.createDispatcher(question ->
                            nats.publish(
                                    question.getReplyTo(),
                                    question.getData().length == 1
                                            ? new byte[] {(byte) 0xFF}
                                            : question.getData()))
                    .subscribe("tenant." + tenant + ".agent." + agent.id() + ".request");
            nats.flush(Duration.ofSeconds(20));

            ask(agent.id(), "{\"data\": {\"sum\": [1, 2]}}")
                    .then()
                    .statusCode(200)
                    .body("agent_id", equalTo(agent.id()))
                    .body("data.sum", equalTo(List.of(1, 2)))
                    .body("data_base64", nullValue());
            ask(agent.id(), "{\"data\": 1}")
                    .then()
                    .statusCode(200)
                    .body("data_base64", equalTo("/w=="))
                    .body("data", nullValue());
        }
    }

    @Test
    void anAgentAtTheWebSocketDoorReplies() throws Exception {
        Platform.Agent agent = Platform.sshAgent(tenant);
        TestSocket socket = agent.connect().subscribe("agent." + agent.id() + ".request");
        CompletableFuture<Response> answer =
                CompletableFuture.supplyAsync(
                        () -> ask(agent.id(), "{\"data\": \"how?\", \"timeout_ms\": 20000}"));
        JsonNode question = socket.next("message");
        socket.send(
                "{\"type\":\"publish\",\"subject\":\""
                        + question.path("reply").asText()
                        + "\",\"data\":\"so\"}");

        answer.get(30, TimeUnit.SECONDS).then().statusCode(200).body("data", equalTo("so"));
        assertThat(question.path("data").asText()).isEqualTo("how?");
        socket.close();
    }

    @Test
    void silenceAndWhatCannotBeAskedAreToldApart() {
        Platform.Agent agent = Platform.sshAgent(tenant);
        ask(agent.id(), "{\"data\": 1, \"timeout_ms\": 100}")
                .then()
                .statusCode(504)
                .body("code", equalTo("timeout"));
        ask("nobody", "{\"data\": 1}").then().statusCode(404);
        ask("acme.*", "{\"data\": 1}").then().statusCode(404);
        for (String bad :
                List.of(
                        "{}",
                        "[]",
                        "{\"data\":1,\"timeout_ms\":0}",
                        "{\"data\":1,\"timeout_ms\":60001}",
                        "{\"data\":1,\"timeout_ms\":\"long\"}")) {
            ask(agent.id(), bad).then().statusCode(400).body("code", equalTo("invalid_request"));
        }
        Platform.as(Platform.tenant("free"), Role.ADMIN)
                .body("{\"data\": 1}")
                .post("/api/v1/agents/" + agent.id() + "/requests")
                .then()
                .statusCode(404);
        Platform.as(tenant, Role.VIEWER)
                .body("{\"data\": 1}")
                .post("/api/v1/agents/" + agent.id() + "/requests")
                .then()
                .statusCode(403);
    }

    private Response ask(String agent, String body) {
        return Platform.as(tenant, Role.MEMBER)
                .body(body)
                .post("/api/v1/agents/" + agent + "/requests");
    }
}
