package ai.artcafe.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SshIdentity;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import io.nats.client.NKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class AgentUpdatesIT {

    private String tenant;

    @BeforeEach
    void createTenant() {
        tenant = Platform.tenant("enterprise");
    }

    @Test
    void aPatchChangesWhatItNamesAndNothingElse() {
        String agent =
                "/api/v1/agents/"
                        + create(Map.of("name", "one", "metadata", Map.of("a", "1", "b", "2")));

        patch(agent, "{\"metadata\":{\"a\":null,\"c\":\"3\"},\"capabilities\":[\"plan\"]}")
                .then()
                .statusCode(200)
                .body("name", equalTo("one"))
                .body("metadata", equalTo(Map.of("b", "2", "c", "3")))
                .body("capabilities", equalTo(List.of("plan")));
        patch(agent, "{\"name\":null}").then().statusCode(200).body("name", nullValue());
        for (String bad :
                List.of(
                        "{}",
                        "[]",
                        "null",
                        "{\"other\":1}",
                        "{\"name\":7}",
                        "{\"status\":\"gone\"}",
                        "{\"status\":null}",
                        "{\"metadata\":[]}",
                        "{\"metadata\":{\"a\":{}}}",
                        "{\"capabilities\":{}}",
                        "{\"ssh_public_key\":\"ssh-dss AAAA\"}")) {
            patch(agent, bad).then().statusCode(400).body("code", equalTo("invalid_request"));
        }
    }

    @Test
    void whoChangesWhatAnotherHasChangedIsTold() {
        String agent = "/api/v1/agents/" + create(Map.of("name", "one"));
        String first = read(agent).header("ETag");
        assertThat(first).isNotNull();
        Platform.as(tenant, Role.VIEWER)
                .header("If-None-Match", first)
                .get(agent)
                .then()
                .statusCode(304);

        String second =
                Platform.as(tenant, Role.ADMIN)
                        .header("If-Match", first)
                        .body("{\"name\":\"two\"}")
                        .patch(agent)
                        .then()
                        .statusCode(200)
                        .extract()
                        .header("ETag");

        assertThat(second).isNotEqualTo(first).isEqualTo(read(agent).header("ETag"));
        for (String method : List.of("PATCH", "DELETE")) {
            Platform.as(tenant, Role.ADMIN)
                    .header("If-Match", first)
                    .body("{\"name\":\"three\"}")
                    .request(method, agent)
                    .then()
                    .statusCode(412)
                    .body("code", equalTo("precondition_failed"));
        }
        Platform.as(tenant, Role.ADMIN)
                .header("If-Match", "nonsense")
                .body("{\"name\":\"three\"}")
                .patch(agent)
                .then()
                .statusCode(400);
        Platform.as(tenant, Role.ADMIN)
                .header("If-Match", "W/\"x\", " + second)
                .body("{\"name\":\"three\"}")
                .patch(agent)
                .then()
                .statusCode(200);
        Platform.as(tenant, Role.ADMIN)
                .header("If-Match", "*")
                .delete(agent)
                .then()
                .statusCode(204);
    }

    @Test
    void aKeyThatIsRotatedOpensTheDoorAndTheOldOneDoesNot() throws Exception {
        Platform.Agent agent = Platform.sshAgent(tenant);
        TestSocket open = agent.connect();
        SshIdentity fresh = SshIdentity.create();

        Platform.as(tenant, Role.ADMIN)
                .body(Map.of("ssh_public_key", fresh.publicKey()))
                .put("/api/v1/agents/" + agent.id() + "/keys")
                .then()
                .statusCode(200);

        assertThat(open.awaitClose()).isEqualTo(4401);
        new Platform.Agent(tenant, agent.id(), fresh).connect().close();
    }

    @Test
    void anNkeyThatIsRotatedIsFreeAndTheNewOneIsTheAgents() throws Exception {
        NKey first = NKey.createUser(null);
        NKey second = NKey.createUser(null);
        String agent = create(Map.of("nkey_public_key", new String(first.getPublicKey())));

        Platform.as(tenant, Role.ADMIN)
                .body(Map.of("nkey_public_key", new String(second.getPublicKey())))
                .put("/api/v1/agents/" + agent + "/keys")
                .then()
                .statusCode(200);

        assertThat(Platform.refusal(new Platform.Signing(first))).contains("Authorization");
        assertThat(Platform.refusal(new Platform.Signing(second))).isEqualTo("welcome");
        String other = create(Map.of("nkey_public_key", new String(first.getPublicKey())));
        Platform.as(tenant, Role.ADMIN)
                .body(Map.of("nkey_public_key", new String(second.getPublicKey())))
                .put("/api/v1/agents/" + other + "/keys")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
        Platform.as(tenant, Role.ADMIN).delete("/api/v1/agents/" + agent).then().statusCode(204);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(Platform.refusal(new Platform.Signing(second)))
                                .contains("Authorization"));
    }

    private Response read(String address) {
        return Platform.as(tenant, Role.VIEWER).get(address);
    }

    private Response patch(String address, String body) {
        return Platform.as(tenant, Role.ADMIN).body(body).patch(address);
    }

    private String create(Map<String, Object> agent) {
        return Platform.as(tenant, Role.ADMIN)
                .body(agent)
                .post("/api/v1/agents")
                .then()
                .statusCode(201)
                .extract()
                .path("agent_id");
    }
}
