package ai.artcafe.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SecondGateway;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.agent.Revocation;
import ai.artcafe.gateway.agent.registry.Revocations;
import ai.artcafe.gateway.connection.store.ConnectionStore;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.stack.LocalStack;
import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Two gateways that know of each other's connections. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ConnectionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int DISCONNECTED = 4410;
    private static final int REPLACED = 4409;

    private static SecondGateway other;

    LocalStack stack;

    @Inject OtherGateways others;
    @Inject ConnectionStore store;
    @Inject Revocations revocations;
    @Inject Clock clock;
    @Inject DynamoDbClient dynamoDb;

    @BeforeEach
    void startTheOther() {
        if (other == null) {
            other = SecondGateway.start(stack, Map.of());
        }
        await().atMost(PATIENCE).until(() -> others.size() == 1);
    }

    @AfterAll
    static void stopTheOther() {
        other.close();
        other = null;
    }

    @Test
    void allConnectionsOfATenantAreSeenAndEndedFromAnyGateway() throws Exception {
        String tenant = Platform.tenant("professional");
        Platform.Agent agent = Platform.sshAgent(tenant);
        Platform.NatsAgent direct = Platform.natsAgent(tenant);
        String stranger = Platform.tenant("professional");
        try (TestSocket here = agent.connect();
                TestSocket there = agent.connect(other.port());
                Connection nats = direct.connect()) {
            await().atMost(PATIENCE).until(() -> list(tenant, "").getList("items").size() == 3);
            JsonPath all = list(tenant, "");
            assertThat(all.getList("items.door")).containsExactly("websocket", "websocket", "nats");
            assertThat(all.getList("items.server_id"))
                    .contains("under-test")
                    .doesNotHaveDuplicates();
            assertThat(list(tenant, "?agent_id=" + direct.id()).getList("items")).hasSize(1);
            assertThat(paged(tenant, "open")).isEqualTo(all.getList("items.connection_id"));
            assertThat(list(stranger, "").getList("items")).isEmpty();

            String elsewhere =
                    id(all, "items.find{it.door=='websocket' && it.server_id!='under-test'}");
            String atTheNatsDoor = id(all, "items.find{it.door=='nats'}");
            end(stranger, elsewhere, 404);
            end(stranger, atTheNatsDoor, 404);
            end(tenant, "nats-x-1", 404);
            end(tenant, elsewhere, 202);
            end(tenant, atTheNatsDoor, 200);

            assertThat(there.awaitClose()).isEqualTo(DISCONNECTED);
            await().atMost(PATIENCE).until(() -> nats.getStatus() == Connection.Status.CLOSED);
            assertThat(here.isOpen()).isTrue();
            await().atMost(PATIENCE).until(() -> list(tenant, "").getList("items").size() == 1);
        }
        await().atMost(PATIENCE).until(() -> list(tenant, "").getList("items").isEmpty());

        await().atMost(PATIENCE)
                .until(() -> list(tenant, "?state=closed").getList("items").size() == 3);
        JsonPath closed = list(tenant, "?state=closed");
        assertThat(closed.getList("items.reason"))
                .containsExactlyInAnyOrder("disconnected", "disconnected", "client_closed");
        assertThat(closed.getList("items.close_code"))
                .containsExactlyInAnyOrder(DISCONNECTED, null, 1000);
        assertThat(closed.getList("items.state")).containsOnly("closed");
        assertThat(closed.getList("items.closed_at")).doesNotContainNull();
        assertThat(paged(tenant, "closed")).isEqualTo(closed.getList("items.connection_id"));
        assertThat(paged(tenant, "any")).isEqualTo(closed.getList("items.connection_id"));
        assertThat(list(tenant, "?state=closed&agent_id=" + direct.id()).getList("items.door"))
                .containsExactly("nats");
        assertThat(list(stranger, "?state=any").getList("items")).isEmpty();
    }

    @Test
    void theNewestConnectionsOfAnAgentStay() throws Exception {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("free"));
        try (TestSocket oldest = agent.connect();
                TestSocket second = agent.connect(other.port())) {
            await().atMost(PATIENCE).until(() -> others.of(new AgentId(agent.id())).size() == 1);
            try (TestSocket third = agent.connect(other.port())) {
                assertThat(oldest.awaitClose()).isEqualTo(REPLACED);
                second.hasNothingElse();
                third.hasNothingElse();
                try (TestSocket fourth = agent.connect()) {
                    assertThat(second.awaitClose()).isEqualTo(REPLACED);
                    third.hasNothingElse();
                    fourth.hasNothingElse();
                }
            }
        }
    }

    @Test
    void anAgentThatIsDisconnectedMayComeBack() throws Exception {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("free"));
        TestSocket there = agent.connect(other.port());

        Platform.as(agent.tenant(), Role.ADMIN)
                .post("/api/v1/agents/" + agent.id() + "/disconnect")
                .then()
                .statusCode(202);

        assertThat(there.awaitClose()).isEqualTo(DISCONNECTED);
        agent.connect().close();
        Platform.as(agent.tenant(), Role.MEMBER)
                .post("/api/v1/agents/" + agent.id() + "/disconnect")
                .then()
                .statusCode(403);
        Platform.as(agent.tenant(), Role.ADMIN)
                .post("/api/v1/agents/nobody/disconnect")
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
    }

    /** As when the gateway that took the request dies the moment it has written. */
    @Test
    void aDisconnectThatNobodyWasToldOfIsCarriedOut() throws Exception {
        String tenant = Platform.tenant("free");
        Platform.Agent agent = Platform.sshAgent(tenant);
        Platform.NatsAgent direct = Platform.natsAgent(tenant);
        TestSocket here = agent.connect();
        TestSocket there = agent.connect(other.port());
        try (Connection nats = direct.connect()) {
            for (String id : List.of(agent.id(), direct.id())) {
                revocations.add(
                        Revocation.of(
                                new TenantId(tenant),
                                new AgentId(id),
                                clock.instant().plusMillis(1),
                                EndReason.DISCONNECTED,
                                AgentCutOff.BOTH_DOORS));
            }

            assertThat(here.awaitClose()).isEqualTo(DISCONNECTED);
            assertThat(there.awaitClose()).isEqualTo(DISCONNECTED);
            await().atMost(PATIENCE).until(() -> nats.getStatus() == Connection.Status.CLOSED);
        }
        agent.connect().close();
    }

    @Test
    void whatADeadGatewayHasLeftIsNotShownAndIsRemoved() {
        String tenant = Platform.tenant("free");
        String run = "dead-" + tenant + ".1";
        put(
                tenant,
                "c-1",
                Map.of("agent_id", "a-1", "gateway", run, "opened_at", "2026-11-21T04:05:06.789Z"));
        put("@gateway#" + run, tenant, Map.of());
        dynamoDb.putItem(put ->
                put.tableName(Table.WEBSOCKET_CONNECTIONS.tableName())
                        .item(
                                Map.of(
                                        "tenant_id",
                                        AttributeValue.fromS("@gateways"),
                                        "connection_id",
                                        AttributeValue.fromS(run),
                                        "seen_at",
                                        AttributeValue.fromN("1"))));

        assertThat(list(tenant, "").getList("items")).isEmpty();
        await().atMost(PATIENCE)
                .until(() ->
                        store.list(new TenantId(tenant), Optional.empty(), Optional.empty(), 10)
                                .found()
                                .isEmpty());
        assertThat(list(tenant, "?state=closed").getList("items.reason"))
                .containsExactly("gateway_lost");
    }

    @Test
    void whatIsNoConnectionOfTheTenantsIsNotFoundOrRefused() {
        String tenant = Platform.tenant("free");
        for (String id :
                List.of("%2e%2e%2f", "acme.*", "nats-", "nats--1", "x".repeat(200), "%00")) {
            end(tenant, id, 404);
        }
        for (String query :
                List.of("?agent_id=acme.*", "?limit=0", "?limit=a", "?cursor=abc", "?state=x")) {
            Platform.as(tenant, Role.VIEWER)
                    .urlEncodingEnabled(false)
                    .get("/api/v1/connections" + query)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_request"));
        }
        Platform.as(tenant, Role.VIEWER).delete("/api/v1/connections/x").then().statusCode(403);
    }

    private void put(String partition, String sort, Map<String, String> texts) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("tenant_id", AttributeValue.fromS(partition));
        item.put("connection_id", AttributeValue.fromS(sort));
        texts.forEach((name, text) -> item.put(name, AttributeValue.fromS(text)));
        dynamoDb.putItem(put -> put.tableName(Table.WEBSOCKET_CONNECTIONS.tableName()).item(item));
    }

    private static JsonPath list(String tenant, String query) {
        return Platform.as(tenant, Role.VIEWER)
                .get("/api/v1/connections" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** One at a time. */
    private static List<String> paged(String tenant, String state) {
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            JsonPath part =
                    list(
                            tenant,
                            "?limit=1&state="
                                    + state
                                    + (cursor.get().isEmpty() ? "" : "&cursor=" + cursor.get()));
            ids.addAll(part.getList("items.connection_id"));
            cursor = Optional.ofNullable(part.getString("next_cursor"));
        }
        return ids;
    }

    private static String id(JsonPath list, String item) {
        return list.getString(item + ".connection_id");
    }

    private static void end(String tenant, String connection, int status) {
        Platform.as(tenant, Role.ADMIN)
                .urlEncodingEnabled(false)
                .delete("/api/v1/connections/" + connection)
                .then()
                .statusCode(status);
    }
}
