package ai.artcafe.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.tenant.registry.TenantDeletion;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of a tenant that operators have deleted. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class TenantDeletionIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject TenantDeletion deletion;
    @Inject Clock clock;

    private String tenant;

    @BeforeEach
    void createTenant() {
        tenant = Platform.tenant("professional");
    }

    @Test
    void onlyOperatorsFindWhatToDelete() {
        Platform.as(tenant, Role.ADMIN).delete(address()).then().statusCode(404);
        Platform.asOperator().delete("/api/v1/tenants/nobody").then().statusCode(404);
        Platform.asOperator().delete("/api/v1/tenants/NO.ID").then().statusCode(404);
        Platform.asOperator().get(address()).then().statusCode(200);
    }

    @Test
    void itIsGoneAndItsIdStaysTaken() {
        Platform.asOperator()
                .header("If-Match", "\"another\"")
                .delete(address())
                .then()
                .statusCode(412);
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            Platform.asOperator()
                    .header("Idempotency-Key", key)
                    .header("If-Match", "*")
                    .delete(address())
                    .then()
                    .statusCode(204);
        }

        Platform.asOperator().delete(address()).then().statusCode(404);
        Platform.asOperator().get(address()).then().statusCode(404);
        Platform.as(tenant, Role.ADMIN).get(address()).then().statusCode(404);
        Platform.asOperator().body(Map.of("plan", "free")).patch(address()).then().statusCode(404);
        Platform.as(tenant, Role.ADMIN).get("/api/v1/agents").then().statusCode(404);
        Platform.asOperator()
                .header("X-Tenant-Id", tenant)
                .get("/api/v1/channels")
                .then()
                .statusCode(404);
        create(tenant).statusCode(409);
    }

    @Test
    void anotherTenantGetsAnotherSlot() {
        String slot = Platform.asOperator().get(address()).path("slot");
        Platform.asOperator().delete(address()).then().statusCode(204);

        String next = "t-" + UUID.randomUUID().toString().substring(0, 8);
        String nextSlot = create(next).statusCode(201).extract().path("slot");

        assertThat(nextSlot).isNotEqualTo(slot);
    }

    @Test
    void nobodyLogsInAndIdsAreFreeAgain() {
        Platform.Agent agent = Platform.sshAgent(tenant);
        Platform.NatsAgent direct = Platform.natsAgent(tenant);
        Platform.as(tenant, Role.ADMIN)
                .body(Map.of("channel_id", "news"))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
        Platform.as(tenant, Role.ADMIN)
                .put("/api/v1/channels/news/subscriptions/" + agent.id())
                .then()
                .statusCode(200);
        String other = Platform.tenant("professional");
        register(other, agent).statusCode(409);

        Platform.asOperator().delete(address()).then().statusCode(204);

        String challenge = agent.challenge();
        Platform.asOperator()
                .body(
                        Map.of(
                                "tenant_id",
                                tenant,
                                "agent_id",
                                agent.id(),
                                "challenge",
                                challenge,
                                "signature",
                                agent.key().sign(challenge)))
                .post("/api/v1/auth/agent/verify")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_signature"));
        await().atMost(SOON).untilAsserted(() -> register(other, agent).statusCode(201));
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(Platform.refusal(new Platform.Signing(direct.key())))
                                .isNotEqualTo("welcome"));
    }

    /** As when the gateway that took the request dies the moment it has written. */
    @Test
    void whatWasNotRemovedIsRemovedByWhoeverComesNext() {
        Platform.Agent agent = Platform.sshAgent(tenant);
        String other = Platform.tenant("professional");

        assertThat(deletion.delete(new TenantId(tenant), new EntityTags.Absent(), clock.instant()))
                .isPresent();

        await().atMost(SOON).untilAsserted(() -> register(other, agent).statusCode(201));
    }

    private String address() {
        return "/api/v1/tenants/" + tenant;
    }

    private static ValidatableResponse create(String id) {
        return Platform.asOperator()
                .body(Map.of("tenant_id", id, "name", id, "plan", "free"))
                .post("/api/v1/tenants")
                .then();
    }

    private static ValidatableResponse register(String tenant, Platform.Agent agent) {
        return Platform.as(tenant, Role.ADMIN)
                .body(Map.of("agent_id", agent.id(), "ssh_public_key", agent.key().publicKey()))
                .post("/api/v1/agents")
                .then();
    }
}
