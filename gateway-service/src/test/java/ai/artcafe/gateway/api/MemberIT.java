package ai.artcafe.gateway.api;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.model.access.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class MemberIT {

    private static final String BEN = "auth0|ben/7@example.org";

    private String tenant;

    @BeforeEach
    void createTenant() {
        tenant = Platform.tenant("enterprise");
    }

    @Test
    void whomAnAdminLetsInMayDoWhatTheirRoleSaysUntilTheyAreRemoved() {
        ben().get("/api/v1/channels").then().statusCode(404);

        put(BEN, "viewer").then().statusCode(200).body("user_id", equalTo(BEN));
        settles(() -> ben().get("/api/v1/channels"), 200);
        ben().body(Map.of("channel_id", "news")).post("/api/v1/channels").then().statusCode(403);
        ben().get("/api/v1/tenants").then().body("items.tenant_id", equalTo(List.of(tenant)));
        put(BEN, "admin").then().statusCode(200).body("role", equalTo("admin"));
        settles(() -> ben().body(Map.of("channel_id", "news")).post("/api/v1/channels"), 201);
        members().then().body("items", hasSize(1)).body("items[0].since", notNullValue());

        admin().delete("/api/v1/tenants/{id}/members/{user}", tenant, BEN).then().statusCode(204);
        settles(() -> ben().get("/api/v1/channels"), 404);
        admin().delete("/api/v1/tenants/{id}/members/{user}", tenant, BEN).then().statusCode(404);
        members().then().body("items", hasSize(0));
    }

    @Test
    void whoIsNoAdminSeesAndNamesNobody() {
        Platform.as(tenant, Role.MEMBER)
                .get("/api/v1/tenants/" + tenant + "/members")
                .then()
                .statusCode(403);
        Platform.as(Platform.tenant("free"), Role.ADMIN)
                .get("/api/v1/tenants/" + tenant + "/members")
                .then()
                .statusCode(404);
        Platform.asOperator().get("/api/v1/tenants/" + tenant + "/members").then().statusCode(200);
        put(BEN, "king").then().statusCode(400).body("field", equalTo("role"));
        for (String bad : List.of("TENANT#" + tenant, "x".repeat(257), "bén", " ben")) {
            put(bad, "viewer").then().statusCode(400).body("field", equalTo("user_id"));
        }
    }

    @Test
    void membersAreListedInPages() {
        for (String user : List.of("c", "a", "b")) {
            put(user, "member").then().statusCode(200);
        }
        Response first = admin().get("/api/v1/tenants/" + tenant + "/members?limit=2");
        first.then().body("items.user_id", equalTo(List.of("a", "b")));
        admin().queryParam("cursor", first.<String>path("next_cursor"))
                .get("/api/v1/tenants/" + tenant + "/members")
                .then()
                .body("items.user_id", equalTo(List.of("c")));
    }

    @Test
    void operatorsChangeATenantsNamePlanAndLimits() {
        String address = "/api/v1/tenants/" + tenant;
        String tag = Platform.asOperator().get(address).header("ETag");
        Platform.asOperator()
                .header("If-Match", tag)
                .body(
                        """
                        {"name": "New", "plan": "free",
                         "limits": {"agents": 1, "messages_per_day": "unlimited", "frame_bytes": 2048}}\
                        """)
                .patch(address)
                .then()
                .statusCode(200)
                .body("name", equalTo("New"))
                .body("tier", equalTo("basic"))
                .body("limits.agents", equalTo(1))
                .body("limits.messages_per_day", equalTo(null))
                .body("limits.connections_per_agent", equalTo(2));
        Platform.asOperator()
                .header("If-Match", tag)
                .body("{\"name\": \"Newer\"}")
                .patch(address)
                .then()
                .statusCode(412);
        admin().body(Map.of()).post("/api/v1/agents").then().statusCode(201);
        admin().body(Map.of()).post("/api/v1/agents").then().statusCode(429);
        Platform.asOperator()
                .body("{\"limits\": {\"agents\": null}}")
                .patch(address)
                .then()
                .statusCode(200)
                .body("limits.agents", equalTo(5))
                .body("limits.frame_bytes", equalTo(2048));
        admin().body("{\"name\": \"Mine\"}").patch(address).then().statusCode(403);
        for (String bad :
                List.of(
                        "{}",
                        "{\"plan\":\"golden\"}",
                        "{\"plan\":null}",
                        "{\"name\":null}",
                        "{\"limits\":7}",
                        "{\"limits\":{\"agents\":0}}",
                        "{\"limits\":{\"agents\":1.5}}",
                        "{\"limits\":{\"agents\":\"many\"}}",
                        "{\"limits\":{\"agents\":9223372036854775808}}",
                        "{\"limits\":{\"frame_bytes\":1048577}}",
                        "{\"limits\":{\"frame_bytes\":\"unlimited\"}}")) {
            Platform.asOperator()
                    .body(bad)
                    .patch(address)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_request"));
        }
    }

    private void settles(Callable<Response> request, int status) {
        await().atMost(Duration.ofSeconds(20)).until(() -> request.call().statusCode() == status);
    }

    private Response members() {
        return admin().get("/api/v1/tenants/" + tenant + "/members");
    }

    private Response put(String user, String role) {
        return admin().body(Map.of("role", role))
                .put("/api/v1/tenants/{id}/members/{user}", tenant, user);
    }

    private RequestSpecification admin() {
        return Platform.as(tenant, Role.ADMIN);
    }

    private RequestSpecification ben() {
        return Platform.asStranger(BEN).header("X-Tenant-Id", tenant);
    }
}
