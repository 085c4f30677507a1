package ai.artcafe.gateway.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SshIdentity;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.runtime.testing.SchemaCheck;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That what each operation answers is what the description says. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class DescribedAnswersIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);
    private final SshIdentity key = SshIdentity.create();
    private final String id = "a-" + tenant;

    private Map<String, ApiOperation> unseen = Map.of();

    /** One that nothing here has seen is missing here. */
    @Test
    void everyOperationAnswersAsItsDescriptionSays() throws Exception {
        unseen =
                ApiOperation.all().stream()
                        .collect(Collectors.toMap(ApiOperation::id, Function.identity()));
        tenants();
        members();
        agents();
        challenges();
        channels();
        connected();
        removals();
        assertThat(unseen).isEmpty();
    }

    private void tenants() {
        RequestSpecification create =
                Platform.asOperator()
                        .body(Map.of("tenant_id", tenant, "name", "Acme", "plan", "starter"));
        said("createTenant", create.post("/api/v1/tenants"));
        said("listTenants", Platform.asOperator().get("/api/v1/tenants?limit=1"));
        said("readTenant", admin().get("/api/v1/tenants/" + tenant));
        said(
                "changeTenant",
                Platform.asOperator()
                        .body(Map.of("plan", "enterprise", "limits", Map.of("agents", 7)))
                        .patch("/api/v1/tenants/" + tenant));
        said(
                "changeTap",
                Platform.asOperator()
                        .body(Map.of("mode", "sampled", "sample", 10))
                        .put("/api/v1/tenants/" + tenant + "/tap"));
    }

    private void members() {
        String path = "/api/v1/tenants/" + tenant + "/members";
        said("putMember", admin().body(Map.of("role", "member")).put(path + "/ada"));
        said("readMember", admin().get(path + "/ada"));
        said("listMembers", admin().get(path));
        said("removeMember", admin().delete(path + "/ada"));
    }

    private void agents() {
        String path = "/api/v1/agents/" + id;
        said(
                "createAgent",
                admin().body(
                                Map.of(
                                        "agent_id",
                                        id,
                                        "name",
                                        "Planner",
                                        "ssh_public_key",
                                        SshIdentity.create().publicKey(),
                                        "metadata",
                                        Map.of("team", "blue")))
                        .post("/api/v1/agents"));
        said("readAgent", admin().get(path));
        said("listAgents", admin().get("/api/v1/agents"));
        said("changeAgent", admin().body(Map.of("name", "Planner 1")).patch(path));
        said(
                "changeAgentKeys",
                admin().body(Map.of("ssh_public_key", key.publicKey())).put(path + "/keys"));
        said("changeAgentStatus", admin().body(Map.of("status", "active")).put(path + "/status"));
    }

    private void challenges() {
        answered("challenge", "verify", "/api/v1/auth/agent");
        answered("agentsChallenge", "agentsVerify", "/api/v1/agents/auth");
        said(
                "challengeOf",
                given().header("X-Tenant-Id", tenant).get("/api/v1/agents/" + id + "/challenge"));
    }

    private void answered(String give, String take, String path) {
        String challenge =
                said(
                                give,
                                agent(Map.of("tenant_id", tenant, "agent_id", id))
                                        .post(path + "/challenge"))
                        .path("challenge")
                        .asText();
        Map<String, String> answer =
                Map.of(
                        "tenant_id", tenant,
                        "agent_id", id,
                        "challenge", challenge,
                        "signature", key.sign(challenge));
        said(take, agent(answer).post(path + "/verify"));
    }

    private void channels() {
        String path = "/api/v1/channels/news";
        said(
                "createChannel",
                admin().body(Map.of("channel_id", "news", "name", "News"))
                        .post("/api/v1/channels"));
        said("readChannel", admin().get(path));
        said("listChannels", admin().get("/api/v1/channels"));
        said("changeChannel", admin().body(Map.of("description", "new")).patch(path));
        said("addSubscription", admin().put(path + "/subscriptions/" + id));
        said("readSubscription", admin().get(path + "/subscriptions/" + id));
        said("listSubscriptions", admin().get(path + "/subscriptions"));
        said("sendMessage", admin().body("{\"data\": {\"a\": 1}}").post(path + "/messages"));
    }

    private void connected() throws Exception {
        try (TestSocket socket = new Platform.Agent(tenant, id, key).connect()) {
            socket.next("subscribed"); // to the channel that it belongs to
            socket.subscribe("agent." + id + ".request");
            CompletableFuture<Response> answer =
                    CompletableFuture.supplyAsync(() ->
                            admin().body("{\"data\": \"how?\", \"timeout_ms\": 30000}")
                                    .post("/api/v1/agents/" + id + "/requests"));
            String reply = socket.next("message").path("reply").asText();
            socket.send("{\"type\":\"publish\",\"subject\":\"" + reply + "\",\"data\":[1]}");
            said("askAgent", answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));

            Response list =
                    await().atMost(PATIENCE)
                            .until(
                                    () -> admin().get("/api/v1/connections"),
                                    got -> got.asString().contains(id));
            String connection = said("listConnections", list).at("/items/0/connection_id").asText();
            said("endConnection", admin().delete("/api/v1/connections/" + connection));
        }
        said("disconnectAgent", admin().post("/api/v1/agents/" + id + "/disconnect"));
    }

    private void removals() {
        said("removeSubscription", admin().delete("/api/v1/channels/news/subscriptions/" + id));
        said("deleteChannel", admin().delete("/api/v1/channels/news"));
        said("deleteAgent", admin().delete("/api/v1/agents/" + id));
        said("deleteTenant", Platform.asOperator().delete("/api/v1/tenants/" + tenant));
    }

    private RequestSpecification admin() {
        return Platform.as(tenant, Role.ADMIN);
    }

    private static RequestSpecification agent(Map<String, String> body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    /** The body, which is as the operation's description says. */
    private JsonNode said(String operationId, Response answer) {
        ApiOperation operation = unseen.remove(operationId);
        assertThat(operation).as("operation " + operationId).isNotNull();
        assertThat(answer.statusCode())
                .as(operation + " " + answer.asString())
                .isBetween(200, 299)
                .matches(operation::mayAnswer, "is a status that the description has");
        JsonNode schema =
                operation.answer(answer.statusCode()).at("/content/application~1json/schema");
        if (schema.isMissingNode()) {
            assertThat(answer.asString()).as(operation.toString()).isEmpty();
            return JSON.missingNode();
        }
        try {
            JsonNode body = JSON.readTree(answer.asString());
            assertThat(SchemaCheck.faults(operation.document(), schema, body))
                    .as(operation.toString())
                    .isEmpty();
            return body;
        } catch (JsonProcessingException e) {
            throw new AssertionError(operation.toString(), e);
        }
    }
}
