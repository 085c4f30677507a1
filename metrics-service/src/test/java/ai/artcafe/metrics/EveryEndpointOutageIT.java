package ai.artcafe.metrics;

import static ai.artcafe.metrics.testing.Books.totals;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.metrics.status.Reports;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.OwnStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.status.ReportSink;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.stack.BackingService;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint that the OpenAPI document names while a store is away, and once it is back: it
 * answers in time, as it did or with the last known answer that says so, or it says that it cannot;
 * it never fails otherwise.
 */
@QuarkusTest
@WithTestResource(OwnStores.class)
class EveryEndpointOutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final TenantId KNOWN = new TenantId("every-known");
    private static final String GRAPHQL = "/graphql";
    private static final String EXPORT = "/api/v1/usage/export";

    private static final String QUERY =
            """
            {"query": "{ realtime { stale } presence { stale } analytics { stale } \
            anomalies { stale } healthCheck { stale status } usage { stale } \
            currentUsage { stale } reconciliation { stale } usageMetrics { stale } \
            explainUsage { stale } }"}\
            """;

    private final Visitor visitor = new Visitor(OwnStores.stack());

    @Inject Books books;
    @Inject ReportSink sink;

    @BeforeEach
    void aTenantThatHasAskedEverythingBefore() {
        books.tenant(KNOWN, Plan.ENTERPRISE);
        books.readThrough("n:SERVER", NOW);
        books.live(new OfTenant(KNOWN), Slice.containing(Period.DAILY, NOW), totals(12), 1);
        sink.send(Reports.gateway(NOW, 100, List.of("a"), List.of()));
        books.awaitWritten();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(outcomes(KNOWN))
                                .isNotEmpty()
                                .allSatisfy((_, outcome) -> fresh(outcome)));
    }

    @AfterEach
    void everythingRunsAgain() {
        OwnStores.stack().redis().start();
        OwnStores.stack().dynamoDb().start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> RestAssured.get("/health").then().statusCode(200));
    }

    @Test
    void withoutRedis() {
        awayAndBack(OwnStores.stack().redis(), "redis", "every-redis");
    }

    @Test
    void withoutDynamoDb() {
        awayAndBack(OwnStores.stack().dynamoDb(), "dynamodb", "every-dynamodb");
    }

    private void awayAndBack(BackingService store, String name, String unknown) {
        TenantId newcomer = new TenantId(unknown);
        books.tenant(newcomer, Plan.ENTERPRISE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> RestAssured.get("/health").then().statusCode(200));
        store.kill();

        RestAssured.get("/health")
                .then()
                .statusCode(503)
                .body("status", equalTo("DOWN"))
                .body("checks.findAll { it.status == 'DOWN' }.name", equalTo(List.of(name)));
        RestAssured.get("/health/ready").then().statusCode(200);
        RestAssured.get("/health/live").then().statusCode(200);
        assertThat(outcomes(KNOWN)).allSatisfy(EveryEndpointOutageIT::degraded);
        assertThat(outcomes(newcomer)).allSatisfy((_, outcome) -> orderly(outcome));

        store.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> RestAssured.get("/health").then().statusCode(200));
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    assertThat(outcomes(KNOWN)).allSatisfy((_, outcome) -> fresh(outcome));
                    assertThat(outcomes(newcomer)).allSatisfy((_, outcome) -> fresh(outcome));
                });
    }

    private static void fresh(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.asString())
                .doesNotContain("\"stale\":true", "\"usingRealData\":false", "\"errors\":[{");
    }

    /** A tenant that asked before is answered, but by what cannot be remembered: files. */
    private static void degraded(String path, Response answer) {
        orderly(answer);
        if (!path.equals(EXPORT)) {
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        }
    }

    private static void orderly(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 503);
        if (answer.statusCode() == 503) {
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.header("Retry-After")).isNotNull();
            assertThat(answer.jsonPath().getString("code")).isEqualTo("unavailable");
        }
        assertThat(answer.asString()).doesNotContain("Exception", "127.0.0.1", "internal");
        assertThat(answer.time()).isLessThan(PATIENCE.toMillis());
    }

    /** What each endpoint answers; streams of events apart, which do not end. */
    private Map<String, Response> outcomes(TenantId tenant) {
        Map<String, Response> outcomes = new TreeMap<>();
        ApiOperation.all().stream()
                .filter(operation -> operation.method().equals("GET") && !operation.streams())
                .map(ApiOperation::path)
                .forEach(path -> outcomes.put(path, visitor.of(tenant).get(path)));
        outcomes.put(GRAPHQL, graphQl(visitor.of(tenant)));
        return outcomes;
    }

    private static Response graphQl(RequestSpecification as) {
        return as.contentType("application/json").body(QUERY).post(GRAPHQL);
    }
}
