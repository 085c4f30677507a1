package ai.artcafe.metrics.status;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.ReportSink;
import ai.artcafe.runtime.status.RequestParty;
import ai.artcafe.runtime.status.SpanSummary;
import ai.artcafe.runtime.status.StatusJson;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class StatusIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TenantId OURS = new TenantId("status-ours");
    private static final TenantId THEIRS = new TenantId("status-theirs");
    private static final AgentId BOT = new AgentId("status-bot");
    private static final AgentId THEIR_BOT = new AgentId("status-their-bot");

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject ReportSink sink;
    @Inject RedisDataSource redis;
    @Inject DynamoDbClient dynamoDb;

    @BeforeEach
    void aGatewayThatReports() {
        books.tenant(OURS, Plan.FREE);
        books.tenant(THEIRS, Plan.FREE);
        List<AgentRequests> agents =
                List.of(
                        new AgentRequests(RequestParty.answering(OURS, BOT), Reports.requests(9)),
                        new AgentRequests(RequestParty.asking(OURS, BOT), Reports.requests(1)),
                        new AgentRequests(
                                RequestParty.answering(THEIRS, THEIR_BOT), Reports.requests(5)));
        sink.send(Reports.gateway(NOW.minusSeconds(60), 100, List.of("a", "b"), agents));
        sink.send(Reports.gateway(NOW.minusSeconds(29 * 60), 100, List.of("b", "c"), List.of()));
        sink.send(Reports.gateway(NOW.minusSeconds(31 * 60), 100, List.of("d"), List.of()));
        redis.value(String.class).set(RedisKeys.STATUS_AGENTS, "17 " + NOW.toEpochMilli());
    }

    @Test
    void anybodySeesWhetherThePlatformWorksAndNobodySeesTenants() {
        await().atMost(SOON)
                .untilAsserted(() ->
                        anybody()
                                .get("/api/status")
                                .then()
                                .statusCode(200)
                                .body("data.realTimeMetrics.activeUsers", greaterThanOrEqualTo(3))
                                .body("data.realTimeMetrics.trackedAgents", equalTo(17))
                                .body("data.realTimeMetrics.usingRealData", equalTo(true))
                                .body(gateway("status"), equalTo("up"))
                                .body(gateway("last_hour.requests"), equalTo(300))
                                .body(gateway("last_hour.success_rate"), closeTo(0.9, 1e-9))
                                .body(gateway("last_hour.error_rate"), closeTo(0.1, 1e-9))
                                .body(gateway("last_hour.response_ms.p99"), closeTo(20, 0.2))
                                .body("data.agent_requests.timed_out", equalTo(3))
                                .body("as_of", equalTo("2026-11-21T03:50:05.300Z")));
        for (String path : List.of("", "/analytics", "/api-status", "/api-status?period=24h")) {
            String answer = anybody().get("/api/status" + path).asString();
            assertThat(answer).doesNotContain(OURS.value(), THEIRS.value(), BOT.value(), "status-");
        }
    }

    @Test
    void theServicesOwnRequestsShowUpByRoute() {
        visitor.of(OURS).get("/api/v1/metrics/realtime");
        given().get("/nowhere/" + OURS);
        await().atMost(SOON)
                .untilAsserted(() ->
                        anybody()
                                .get("/api/status/api-status")
                                .then()
                                .statusCode(200)
                                .body("period", equalTo("1h"))
                                .body(
                                        metrics("GET /api/v1/metrics/realtime")
                                                + ".requests.requests",
                                        greaterThanOrEqualTo(1))
                                .body(
                                        metrics("GET (unmatched)") + ".statuses.'404'",
                                        notNullValue())
                                .body(metrics("GET /api/status/api-status"), notNullValue()));
    }

    @Test
    void aTenantsMembersSeeTheRequestsOfItsAgentsAndNobodyElse() {
        for (String period : List.of("1h", "24h")) {
            String path = "/api/status/api-status?period=" + period;
            visitor.of(OURS)
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body("tenant.tenant_id", equalTo(OURS.value()))
                    .body("tenant.agents.client_id", contains(BOT.value()))
                    .body("tenant.agents[0].answered.answered", equalTo(9))
                    .body("tenant.agents[0].answered.timed_out", equalTo(1))
                    .body("tenant.agents[0].asked.answered", equalTo(1));
            visitor.of(THEIRS)
                    .get(path)
                    .then()
                    .body("tenant.agents.client_id", contains(THEIR_BOT.value()));
            given().get(path).then().statusCode(200).body("", not(hasKey("tenant")));
            visitor.operator().get(path).then().statusCode(200).body("", not(hasKey("tenant")));
            visitor.operator()
                    .header("X-Tenant-Id", OURS.value())
                    .get(path)
                    .then()
                    .body("tenant.agents.client_id", contains(BOT.value()));
            visitor.of(THEIRS).header("X-Tenant-Id", OURS.value()).get(path).then().statusCode(404);
            given().auth().oauth2("a.b.c").get(path).then().statusCode(401);
            given().header("X-Tenant-Id", OURS.value())
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body("", not(hasKey("tenant")));
        }
        visitor.with(TokenRequest.member("ada", OURS, Role.VIEWER))
                .get("/api/status/api-status?period=2y")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void hoursAndDaysAreThoseThatWereWrittenAndNoneIsMadeUp() {
        Instant hour = FlowSpan.HOUR.start(NOW).minusSeconds(2 * 3600);
        written(UsageKeys.status(FlowSpan.HOUR, hour), hour.plusSeconds(30 * 60), 30);
        written(UsageKeys.status(FlowSpan.DAY, hour), hour.plusSeconds(30 * 60), 30);

        await().atMost(SOON)
                .untilAsserted(() ->
                        anybody()
                                .get("/api/status/analytics")
                                .then()
                                .statusCode(200)
                                .body("", not(hasKey("stale")))
                                .body("since", equalTo("2026-11-21T01:30:00.000Z"))
                                .body("overview.active_users", greaterThanOrEqualTo(3))
                                .body("overview.using_real_data", equalTo(true))
                                .body(
                                        "hourly.from",
                                        contains(
                                                "2026-11-21T01:00:00.000Z",
                                                "2026-11-21T03:00:00.000Z"))
                                .body("hourly[0].requests.requests", equalTo(1000))
                                .body("hourly[0].sessions", equalTo(2))
                                .body("hourly[0].uptime", closeTo(1.0, 1e-9))
                                .body("daily.from", contains("2026-11-21T00:00:00.000Z"))
                                .body("daily[0].requests.response_ms.p95", closeTo(20, 0.2))
                                .body("daily[0].uptime", closeTo(1 / 3.0, 1e-4)));
        anybody().get("/api/status").then().body(gateway("uptime_24h"), closeTo(33 / 140.0, 1e-4));

        forget(UsageKeys.status(FlowSpan.HOUR, hour));
        forget(UsageKeys.status(FlowSpan.DAY, hour));
        await().atMost(SOON)
                .untilAsserted(
                        () -> anybody().get("/api/status/analytics").then().body("daily", empty()));
    }

    private static RequestSpecification anybody() {
        return given().config(
                        RestAssuredConfig.config()
                                .jsonConfig(
                                        JsonConfig.jsonConfig()
                                                .numberReturnType(
                                                        JsonPathConfig.NumberReturnType.DOUBLE)));
    }

    private static String gateway(String member) {
        return "data.services.find { it.name == 'gateway' }." + member;
    }

    private static String metrics(String endpoint) {
        return "services.find { it.name == 'metrics' }.endpoints.find { it.endpoint == '"
                + endpoint
                + "' }";
    }

    private void written(String sort, Instant firstMinute, int upMinutes) {
        SpanSummary one =
                SpanSummary.of(
                        firstMinute, Map.of("gateway", Reports.activity(1000, List.of("x", "y"))));
        SpanSummary.ServiceNumbers numbers = one.services().get("gateway");
        SpanSummary summary =
                new SpanSummary(
                        firstMinute,
                        one.sessions(),
                        one.networks(),
                        one.requests(),
                        one.agentRequests(),
                        new java.util.TreeMap<>(
                                Map.of(
                                        "gateway",
                                        new SpanSummary.ServiceNumbers(
                                                upMinutes,
                                                1,
                                                numbers.requests(),
                                                numbers.refused(),
                                                numbers.failed(),
                                                numbers.millis()))));
        Map<String, AttributeValue> item =
                new HashMap<>(Item.key(Table.USAGE_METRICS, UsageKeys.PLATFORM, sort));
        item.put(UsageKeys.STATUS_JSON, AttributeValue.fromS(StatusJson.text(summary)));
        dynamoDb.putItem(put -> put.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }

    private void forget(String sort) {
        dynamoDb.deleteItem(delete ->
                delete.tableName(Table.USAGE_METRICS.tableName())
                        .key(Item.key(Table.USAGE_METRICS, UsageKeys.PLATFORM, sort)));
    }
}
