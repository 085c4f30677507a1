package ai.artcafe.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.stack.TokenRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The trackers' figures in a real Redis, and what the gateway makes of them. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class QuotaIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PUBLISH =
            "{\"type\":\"publish\",\"subject\":\"x\",\"data\":1,\"id\":\"%s\"}";
    private static final String USAGE = "{\"type\":\"usage\",\"id\":\"u\"}";

    @Inject RedisDataSource redis;

    @Test
    void an_agent_learns_on_request_what_is_left_of_the_day() {
        String tenant = Platform.tenant("free");
        book(tenant, 1234);
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            await().atMost(SOON).until(() -> !usage(socket).path("messages_today").isNull());

            JsonNode usage = usage(socket);
            assertThat(usage.path("id").asText()).isEqualTo("u");
            assertThat(usage.path("messages_today").asLong()).isEqualTo(1234);
            assertThat(usage.path("limit").asLong()).isEqualTo(10_000);
            assertThat(usage.path("remaining").asLong()).isEqualTo(8766);
            assertThat(usage.path("resets_at").asText()).endsWith("T00:00:00.000Z");
            assertThat(usage.path("stale").isBoolean()).isTrue();

            socket.send(PUBLISH.formatted("one")).next("ack");
            assertThat(usage(socket).path("messages_today").asLong()).isEqualTo(1235);
        }
    }

    @Test
    void without_a_limit_there_is_nothing_left_to_tell() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            JsonNode usage = usage(socket);
            assertThat(usage.path("limit").isNull()).isTrue();
            assertThat(usage.path("remaining").isNull()).isTrue();
        }
    }

    @Test
    void all_agents_are_told_the_levels_and_at_the_last_one_publishing_ends() {
        String tenant = Platform.tenant("free");
        Platform.Agent agent = Platform.sshAgent(tenant);
        try (TestSocket socket = agent.connect();
                TestSocket neighbour = Platform.sshAgent(tenant).connect()) {
            book(tenant, 8000);
            assertThat(socket.next("usage").path("level").asInt()).isEqualTo(80);
            assertThat(neighbour.next("usage").path("level").asInt()).isEqualTo(80);
            socket.send(PUBLISH.formatted("still")).next("ack");

            book(tenant, 10_000);
            assertThat(socket.next("usage").path("level").asInt()).isEqualTo(90);
            JsonNode last = socket.next("usage");
            assertThat(last.path("level").asInt()).isEqualTo(100);
            assertThat(last.path("remaining").asLong()).isZero();

            JsonNode refused = socket.send(PUBLISH.formatted("no-more")).next("error");
            assertThat(refused.path("code").asText()).isEqualTo("quota_exceeded");
            assertThat(refused.path("id").asText()).isEqualTo("no-more");
            assertThat(refused.path("retry_after_ms").asLong())
                    .isBetween(1L, Duration.ofDays(1).toMillis());
            assertThat(socket.isOpen()).isTrue();
        }
        try (TestSocket again = agent.connect()) {
            assertThat(again.next("usage").path("level").asInt()).isEqualTo(100);
        }
    }

    @Test
    void a_plan_that_allows_more_is_told_and_not_refused() {
        String tenant = Platform.tenant("professional");
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            book(tenant, 20_000_000);
            for (int level : new int[] {80, 90, 100}) {
                assertThat(socket.next("usage").path("level").asInt()).isEqualTo(level);
            }
            socket.send(PUBLISH.formatted("beyond")).next("ack");
        }
    }

    @Test
    void whatIsUsedUpBeforeTheFirstAgentComesIsKnown() {
        String tenant = Platform.tenant("free");
        book(tenant, 10_000);
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            socket.send(PUBLISH.formatted("first"));
            assertThat(socket.await("error").path("code").asText()).isEqualTo("quota_exceeded");
        }
    }

    @Test
    void whetherATenantGoesBeyondItsDayIsItsOwn() {
        String tenant = Platform.tenant("professional");
        limits(tenant, Map.of("messages_per_day", 100, "overage", false)).statusCode(200);
        book(tenant, 100);
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            socket.send(PUBLISH.formatted("refused"));
            assertThat(socket.await("error").path("code").asText()).isEqualTo("quota_exceeded");

            limits(tenant, Map.of("overage", true))
                    .statusCode(200)
                    .body("limits.overage", equalTo(true));

            await().atMost(SOON).until(() -> isAcknowledged(socket, UUID.randomUUID().toString()));
        }
        limits(tenant, Map.of("overage", "yes"))
                .statusCode(400)
                .body("field", equalTo("limits.overage"));
    }

    @Test
    void openSocketsFollowTheirTenantsLimits() throws Exception {
        String tenant = Platform.tenant("professional");
        Platform.Agent agent = Platform.sshAgent(tenant);
        TestSocket older = agent.connect();
        TestSocket newer = agent.connect();
        String large = "{\"type\":\"publish\",\"subject\":\"x\",\"data\":\"%s\",\"id\":\"%s\"}";
        newer.send(large.formatted("x".repeat(2000), "fits")).next("ack");

        limits(tenant, Map.of("connections_per_agent", 1, "frame_bytes", 1024)).statusCode(200);

        assertThat(older.awaitClose()).isEqualTo(4409);
        newer.send(large.formatted("x".repeat(2000), "does-not"));
        assertThat(newer.await("error").path("code").asText()).isEqualTo("too_large");
        assertThat(newer.awaitClose()).isEqualTo(4413);
    }

    private static boolean isAcknowledged(TestSocket socket, String id) {
        JsonNode answer;
        socket.send(PUBLISH.formatted(id));
        do {
            answer = socket.next();
        } while (answer.path("type").asText().equals("usage"));
        return answer.path("type").asText().equals("ack");
    }

    private static ValidatableResponse limits(String tenant, Map<String, Object> limits) {
        return Platform.asOperator()
                .body(Map.of("limits", limits))
                .patch("/api/v1/tenants/" + tenant)
                .then();
    }

    private static JsonNode usage(TestSocket socket) {
        return socket.send(USAGE).next("usage");
    }

    @Test
    void dashboards_are_told_the_levels_where_no_agent_is() {
        String tenant = Platform.tenant("free");
        String token =
                Platform.token(TokenRequest.member("vera", new TenantId(tenant), Role.VIEWER));
        try (TestSocket dashboard = TestSocket.dashboard("?token=" + token, to -> to)) {
            dashboard.next("welcome");
            book(tenant, 9000);
            assertThat(dashboard.next("usage").path("level").asInt()).isEqualTo(80);
            JsonNode usage = dashboard.next("usage");
            assertThat(usage.path("level").asInt()).isEqualTo(90);
            assertThat(usage.path("remaining").asLong()).isEqualTo(1000);
        }
    }

    @Test
    void users_send_no_more_than_the_day_allows_either() {
        String tenant = Platform.tenant("free");
        Platform.as(tenant, Role.ADMIN)
                .body(Map.of("channel_id", "news", "name", "News"))
                .post("/api/v1/channels")
                .then()
                .statusCode(201);
        book(tenant, 9_999);
        send(tenant).statusCode(202);
        send(tenant)
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("quota_exceeded"));
    }

    private static ValidatableResponse send(String tenant) {
        return Platform.as(tenant, Role.MEMBER)
                .body(Map.of("data", 1))
                .post("/api/v1/channels/news/messages")
                .then();
    }

    /** As trackers do. */
    private void book(String tenant, long published) {
        Instant now = Instant.now();
        redis.hash(String.class)
                .hset(
                        RedisKeys.tenantDay(new TenantId(tenant), now),
                        UsageFields.PUBLISHED,
                        Long.toString(published));
        redis.value(String.class).set(RedisKeys.RESTORED, "1");
        redis.hash(String.class)
                .hset(RedisKeys.SOURCES, "n:test", Long.toString(now.toEpochMilli()));
    }
}
