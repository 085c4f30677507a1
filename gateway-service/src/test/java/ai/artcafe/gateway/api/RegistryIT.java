package ai.artcafe.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SshIdentity;
import ai.artcafe.gateway.Stack;
import ai.artcafe.model.access.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class RegistryIT {

    @Test
    void anOperatorCreatesATenantAndItsMembersSeeIt() {
        Platform.asOperator()
                .body(Map.of("tenant_id", "acme", "name", "Acme", "plan", "enterprise"))
                .post("/api/v1/tenants")
                .then()
                .statusCode(201)
                .header(
                        "Location",
                        equalTo(
                                RestAssured.baseURI
                                        + ":"
                                        + RestAssured.port
                                        + "/api/v1/tenants/acme"))
                .body("tenant_id", equalTo("acme"))
                .body("tier", equalTo("enterprise"))
                .body("slot", matchesPattern("S[0-9]{4}"))
                .body("limits.frame_bytes", equalTo(1_048_576))
                .body("limits.agents", nullValue())
                .body("created_at", matchesPattern(".*\\.[0-9]{3}Z"));
        Platform.asOperator()
                .body(Map.of("tenant_id", "acme"))
                .post("/api/v1/tenants")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));

        Platform.as("acme", Role.VIEWER)
                .get("/api/v1/tenants/acme")
                .then()
                .statusCode(200)
                .body("name", equalTo("Acme"));
        Platform.as("acme", Role.VIEWER)
                .get("/api/v1/tenants")
                .then()
                .body("items.tenant_id", equalTo(List.of("acme")));
        Platform.as("rival", Role.ADMIN).get("/api/v1/tenants/acme").then().statusCode(404);
        Platform.as("acme", Role.ADMIN)
                .body(Map.of("tenant_id", "other"))
                .post("/api/v1/tenants")
                .then()
                .statusCode(403);
        Platform.asOperator()
                .get("/api/v1/tenants")
                .then()
                .body("items.tenant_id", hasItem("acme"));
    }

    @Test
    void operatorsSayHowCloselyATenantsTrafficIsLookedAt() {
        Platform.asOperator().body(Map.of("tenant_id", "tapped")).post("/api/v1/tenants");
        Platform.as("tapped", Role.VIEWER)
                .get("/api/v1/tenants/tapped")
                .then()
                .body("tap.mode", equalTo("full"))
                .body("tap.sample", nullValue());

        Platform.asOperator()
                .body(Map.of("mode", "sampled", "sample", 100))
                .put("/api/v1/tenants/tapped/tap")
                .then()
                .statusCode(200)
                .body("tap.mode", equalTo("sampled"))
                .body("tap.sample", equalTo(100));
        Platform.asOperator()
                .body(Map.of("mode", "off"))
                .put("/api/v1/tenants/tapped/tap")
                .then()
                .statusCode(200)
                .body("tap.mode", equalTo("off"))
                .body("tap.sample", nullValue());
        Platform.as("tapped", Role.VIEWER)
                .get("/api/v1/tenants/tapped")
                .then()
                .body("tap.mode", equalTo("off"));
        Platform.asOperator()
                .body(Map.of("mode", "full"))
                .put("/api/v1/tenants/tapped/tap")
                .then()
                .body("tap.mode", equalTo("full"));

        for (Map<String, Object> bad :
                List.<Map<String, Object>>of(
                        Map.of(),
                        Map.of("mode", "half"),
                        Map.of("mode", "sampled"),
                        Map.of("mode", "sampled", "sample", 1),
                        Map.of("mode", "sampled", "sample", -5),
                        Map.of("mode", "sampled", "sample", 1_000_001),
                        Map.of("mode", "off", "sample", 10))) {
            Platform.asOperator()
                    .body(bad)
                    .put("/api/v1/tenants/tapped/tap")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_request"));
        }
        Platform.asOperator()
                .body(Map.of("mode", "off"))
                .put("/api/v1/tenants/no-such-tenant/tap")
                .then()
                .statusCode(404);
        Platform.as("tapped", Role.ADMIN)
                .body(Map.of("mode", "off"))
                .put("/api/v1/tenants/tapped/tap")
                .then()
                .statusCode(403);
    }

    @Test
    void badTenantsAreRefused() {
        for (Map<String, String> bad :
                List.of(
                        Map.of("name", "no id"),
                        Map.of("tenant_id", "A B"),
                        Map.of("tenant_id", "tenant"),
                        Map.of("tenant_id", "agents"),
                        Map.of("tenant_id", "x1", "plan", "golden"),
                        Map.of("tenant_id", "x1", "name", " "))) {
            Platform.asOperator()
                    .body(bad)
                    .post("/api/v1/tenants")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_request"));
        }
    }

    @Test
    void tenantsCreatedAtOnceGetSlotsOfTheirOwn() throws Exception {
        List<Callable<String>> creations = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String id = "many-" + i;
            creations.add(() ->
                    Platform.asOperator()
                            .body(Map.of("tenant_id", id))
                            .post("/api/v1/tenants")
                            .then()
                            .statusCode(201)
                            .extract()
                            .path("slot"));
        }
        Set<String> slots = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<String> slot : threads.invokeAll(creations)) {
                slots.add(slot.get());
            }
        }
        assertThat(slots).hasSize(8);
    }

    @Test
    void agentsAreListedInPages() {
        String tenant = Platform.tenant("enterprise");
        for (int i = 0; i < 5; i++) {
            create(tenant, Map.of("agent_id", tenant + "-" + i)).then().statusCode(201);
        }
        Response first = Platform.as(tenant, Role.VIEWER).get("/api/v1/agents?limit=3");
        first.then().statusCode(200).body("items", hasSize(3)).body("next_cursor", notNullValue());
        String cursor = first.path("next_cursor");
        Platform.as(tenant, Role.VIEWER)
                .queryParam("cursor", cursor)
                .get("/api/v1/agents")
                .then()
                .body("items.agent_id", equalTo(List.of(tenant + "-3", tenant + "-4")))
                .body("next_cursor", nullValue());
        for (String bad : List.of("x", cursor.substring(1), cursor + "A")) {
            Platform.as(tenant, Role.VIEWER)
                    .queryParam("cursor", bad)
                    .get("/api/v1/agents")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_request"));
        }
        for (String limit : List.of("0", "-1", "101", "many")) {
            Platform.as(tenant, Role.VIEWER)
                    .get("/api/v1/agents?limit=" + limit)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void idsAndNkeysAreUniqueOnThePlatform() {
        String tenant = Platform.tenant("enterprise");
        String other = Platform.tenant("enterprise");
        Platform.NatsAgent agent = Platform.natsAgent(tenant);
        create(other, Map.of("agent_id", agent.id()))
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
        create(other, Map.of("nkey_public_key", publicKey(agent)))
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));

        Platform.as(tenant, Role.ADMIN)
                .delete("/api/v1/agents/" + agent.id())
                .then()
                .statusCode(204);
        Platform.as(tenant, Role.ADMIN)
                .delete("/api/v1/agents/" + agent.id())
                .then()
                .statusCode(404);
        create(other, Map.of("agent_id", agent.id(), "nkey_public_key", publicKey(agent)))
                .then()
                .statusCode(201);
        Platform.as(tenant, Role.VIEWER).get("/api/v1/agents/" + agent.id()).then().statusCode(404);
    }

    @Test
    void thePlanLimitsHowManyAgentsThereAre() {
        String tenant = Platform.tenant("free");
        for (int i = 0; i < 5; i++) {
            create(tenant, Map.of()).then().statusCode(201).body("agent_id", notNullValue());
        }
        create(tenant, Map.of("agent_id", tenant + "-x"))
                .then()
                .statusCode(429)
                .body("code", equalTo("limit_exceeded"));
        String one =
                Platform.as(tenant, Role.VIEWER).get("/api/v1/agents").path("items[0].agent_id");
        Platform.as(tenant, Role.ADMIN).delete("/api/v1/agents/" + one).then().statusCode(204);
        create(tenant, Map.of("agent_id", tenant + "-x")).then().statusCode(201);
    }

    @Test
    void badAgentsAreRefusedWithTheFieldThatIsWrong() {
        String tenant = Platform.tenant("enterprise");
        Map<String, Object> bad =
                Map.of(
                        "agent_id",
                        "A B",
                        "ssh_public_key",
                        "ssh-dss AAAA",
                        "nkey_public_key",
                        "UAAAA",
                        "capabilities",
                        List.of(""),
                        "metadata",
                        Map.of("k", "v".repeat(1001)),
                        "name",
                        "x".repeat(201));
        bad.forEach((field, value) ->
                create(tenant, Map.of(field, value))
                        .then()
                        .statusCode(400)
                        .body("code", equalTo("invalid_request"))
                        .body("field", equalTo(field)));
    }

    @Test
    void onlyAdminsManageAgents() {
        String tenant = Platform.tenant("enterprise");
        Platform.as(tenant, Role.MEMBER)
                .body(Map.of("ssh_public_key", SshIdentity.create().publicKey()))
                .post("/api/v1/agents")
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        RestAssured.given().get("/api/v1/agents").then().statusCode(401);
    }

    private static Response create(String tenant, Map<String, Object> agent) {
        return Platform.as(tenant, Role.ADMIN).body(agent).post("/api/v1/agents");
    }

    private static String publicKey(Platform.NatsAgent agent) {
        try {
            return new String(agent.key().getPublicKey());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
