package ai.artcafe.metrics.graphql;

import static ai.artcafe.metrics.testing.Books.totals;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.presence.Attendance;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.schema.idl.SchemaPrinter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class GraphQlIT {

    private static final String GRAPHQL = "/graphql";
    private static final TenantId ENTERPRISE = new TenantId("graph-enterprise");
    private static final TenantId BASIC = new TenantId("graph-basic");
    private static final AgentId AGENT = new AgentId("graph-agent");

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject FlowBooks flows;
    @Inject Attendance attendance;
    @Inject GraphQlEngine engine;

    @BeforeEach
    void twoTenantsOfWhichOneHasEverything() {
        books.tenant(BASIC, Plan.FREE);
        books.tenant(ENTERPRISE, Plan.ENTERPRISE);
        books.agent(ENTERPRISE, AGENT);
        books.readThrough("n:SERVER", NOW);
        attendance.heardThrough(NOW);
        flows.listened(NOW.minus(Duration.ofDays(40)), NOW.minusSeconds(10));
        flows.told("one", NOW);
        for (Period period : Period.values()) {
            Slice now = Slice.containing(period, NOW);
            books.live(new OfTenant(ENTERPRISE), now, totals(12), 1);
            if (period != Period.HOURLY) {
                books.live(new OfAgent(ENTERPRISE, AGENT), now, totals(12), 1);
            }
        }
        flows.second(ENTERPRISE, "one", NOW.minusSeconds(1), new Traffic(40, 100_000));
        flows.minute(ENTERPRISE, "one", NOW, FlowBooks.flow(90, "orders", 10));
        flows.published(ENTERPRISE, NOW, AGENT, new Traffic(60, 6_000));
        flows.error(ENTERPRISE, NOW, ErrorSignal.TIMEOUT, 25);
        books.forecast(ENTERPRISE, new Forecast(NOW, 5, 72, Optional.empty()));
        books.gap(ENTERPRISE, new Gap("n:GONE", NOW.minusSeconds(60), NOW, 2, false));
        books.adjusted(
                ENTERPRISE,
                new Adjustment(
                        "graph-1",
                        Adjustment.Reason.HIDDEN,
                        Attribution.UNATTRIBUTED,
                        new Traffic(3, 300),
                        NOW.minusSeconds(30),
                        NOW.minusSeconds(60),
                        NOW.minusSeconds(30),
                        Optional.empty(),
                        Map.of("tap", "3")));
    }

    @AfterEach
    void noTap() {
        flows.noTap();
    }

    @ParameterizedTest
    @CsvSource({
        "realtime, /api/v1/metrics/realtime",
        "presence, /api/v1/metrics/presence",
        "analytics, /api/v1/metrics/analytics",
        "anomalies, /api/v1/metrics/anomalies",
        "healthCheck, /api/v1/metrics/health-check",
        "usage, /api/v1/usage/stats",
        "currentUsage, /api/v1/usage/current",
        "usageMetrics, /api/v1/usage/metrics",
        "explainUsage, /api/v1/usage/explain",
        "reconciliation, /api/v1/usage/reconciliation"
    })
    void everythingThatRestTellsIsTheSame(String field, String path) throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode rest =
                json.readTree(
                        visitor.of(ENTERPRISE)
                                .get(path)
                                .then()
                                .statusCode(200)
                                .extract()
                                .asByteArray());
        Response response =
                post(
                        visitor.of(ENTERPRISE),
                        "{ " + field + SameAnswer.selection(engine.schema(), field) + " }");

        JsonNode graph = json.readTree(response.asByteArray());
        assertThat(graph.has("errors")).as(graph.toString()).isFalse();
        SameAnswer.assertSame(rest, graph.at("/data/" + field), field);
    }

    /** With {@code -Dopenapi.write} it writes the document. */
    @Test
    void theCommittedDocumentIsTheSchemaThatIsServed() throws IOException {
        Path committed =
                Path.of(System.getProperty("artcafe.checkout"), "docs", "graphql-metrics.graphqls");
        String served =
                new SchemaPrinter(
                                SchemaPrinter.Options.defaultOptions()
                                        .includeDirectiveDefinitions(false))
                        .print(engine.schema());
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(committed, served);
        }

        assertThat(committed)
                .as("run ./artcafe openapi, or this test with -Dopenapi.write")
                .hasContent(served);
    }

    @Test
    void severalEndpointsAreAskedAtOnceWithTheirParameters() {
        query(
                        ENTERPRISE,
                        """
                        query Two($agent: ID) {
                          today: usage { published { messages } agents { agentId } }
                          one: usage(from: "2026-11-20", to: "2026-11-21", clientId: $agent)
                            { clientId period { from } }
                          presence(limit: 1) { counts { online } clients { clientId } }
                        }\
                        """,
                        Map.of("agent", AGENT.value()))
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .contentType("application/json")
                .body("", not(hasKey("errors")))
                .body("data.today.published.messages", equalTo(12))
                .body("data.today.agents.agentId", contains(AGENT.value()))
                .body("data.one.clientId", equalTo(AGENT.value()))
                .body("data.one.period.from", equalTo("2026-11-20T00:00:00.000Z"))
                .body("data.presence.counts.online", notNullValue());
    }

    @Test
    void whatTheTierDoesNotShowIsNullAndSaysWhatItTakes() {
        query(
                        BASIC,
                        """
                        { analytics { totals { messages } } anomalies { hours }
                          usage(clientId: "graph-agent") { stale }
                          realtime { tier latencyMs { p50 } locked { feature requires } } }\
                        """,
                        Map.of())
                .statusCode(200)
                .body("data.analytics", nullValue())
                .body("data.realtime.tier", equalTo("BASIC"))
                .body("data.realtime.latencyMs", nullValue())
                .body("data.realtime.locked.feature", hasItems("LATENCY", "FORECAST"))
                .body("errors.path[0]", contains("analytics"))
                .body(
                        "errors.extensions.code",
                        contains("tier_required", "tier_required", "tier_required"))
                .body(
                        "errors.extensions.required_tier",
                        contains("professional", "enterprise", "professional"))
                .body("errors[0].extensions.tier", equalTo("basic"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usage(from: \"yesterday\") { stale }",
                "usage(from: \"1000000000-01-01\") { stale }",
                "usage(clientId: \"NOT/AN*ID\") { stale }",
                "presence(limit: 0) { stale }",
                "presence(limit: -2147483648) { stale }",
                "presence(cursor: \"\u0000\u2603\") { stale }",
                "presence(clientId: \"\") { stale }",
                "analytics(period: \"31d\") { stale }",
                "analytics(period: \"1h\", from: \"2026-11-20\") { stale }",
                "anomalies(hours: 721) { stale }",
                "reconciliation(to: \"2026-11-20\") { stale }"
            })
    void parametersThatCannotBeAreRefusedAsInRest(String field) {
        query(ENTERPRISE, "{ it: " + field.replace("\u0000", "") + " }", Map.of())
                .statusCode(200)
                .body("data.it", nullValue())
                .body("errors.extensions.code", contains("invalid_request"));
    }

    @Test
    void numbersThatAreNoneNeverReachTheEndpoint() {
        for (String field :
                List.of(
                        "presence(limit: 99999999999) { stale }",
                        "presence(limit: 1.5) { stale }",
                        "presence(limit: \"1\") { stale }",
                        "anomalies(hours: true) { stale }")) {
            query(ENTERPRISE, "{ " + field + " }", Map.of())
                    .statusCode(400)
                    .body("", not(hasKey("data")))
                    .body("errors.extensions.code", contains("invalid_request"));
        }
        query(ENTERPRISE, "query($n: Int) { presence(limit: $n) { stale } }", Map.of("n", "many"))
                .statusCode(400)
                .body("errors.extensions.code", contains("invalid_request"));
    }

    @Test
    void tenantsAreApartAsInRest() {
        String any = "{ realtime { tenantId } }";
        Response foreign = post(visitor.of(BASIC).header("X-Tenant-Id", ENTERPRISE.value()), any);
        Response absent = post(visitor.of(BASIC).header("X-Tenant-Id", "graph-nobody"), any);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.contentType()).startsWith("application/problem+json");
        assertThat(foreign.asString()).isEqualTo(absent.asString()).contains("not_found");

        post(
                        visitor.of(BASIC)
                                .header("X-Tenant-Id", BASIC.value())
                                .queryParam("tenant_id", ENTERPRISE.value()),
                        any)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
        post(visitor.operator().header("X-Tenant-Id", ENTERPRISE.value()), any)
                .then()
                .statusCode(200)
                .body("data.realtime.tenantId", equalTo(ENTERPRISE.value()));
        query(ENTERPRISE, "{ usage(clientId: \"graph-foreign\") { stale } }", Map.of())
                .statusCode(200)
                .body("errors.extensions.code", contains("not_found"));
    }

    @Test
    void withoutATokenNothingIsSaidNotEvenOfTheQuery() {
        for (String body : List.of("{\"query\": \"{ __typename }\"}", "{", "[]", "")) {
            given().contentType("application/json")
                    .body(body)
                    .post(GRAPHQL)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", containsString("Bearer"))
                    .body("code", equalTo("unauthenticated"));
        }
    }

    @Test
    void whatIsNoGraphQlRequestIsAProblem() {
        bad("{", "invalid_json");
        bad("", "invalid_request");
        bad("null", "invalid_request");
        bad("[{\"query\": \"{ __typename }\"}]", "invalid_request");
        bad("{\"query\": 5.5, \"variables\": \"no\"}", "invalid_request");
        bad("{\"operationName\": \"x\"}", "invalid_request");
        visitor.of(BASIC)
                .contentType("application/x-www-form-urlencoded")
                .body("query=%7B__typename%7D")
                .post(GRAPHQL)
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
        visitor.of(BASIC)
                .queryParam("query", "{ __typename }")
                .get(GRAPHQL)
                .then()
                .statusCode(405)
                .header("Allow", containsString("POST"))
                .body("code", equalTo("method_not_allowed"));
    }

    @Test
    void queriesThatCostTooMuchAreRefusedBeforeAnythingIsRead() {
        StringBuilder aliases = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            aliases.append("a").append(i).append(": realtime { activeClients } ");
        }
        query(BASIC, "{ " + aliases + " }", Map.of())
                .statusCode(400)
                .body("", not(hasKey("data")))
                .body("errors", hasSize(1))
                .body("errors[0].message", containsString("costs 4200"))
                .body("errors[0].extensions.code", equalTo("invalid_request"));
        query(BASIC, "mutation { realtime { stale } }", Map.of()).statusCode(400);
    }

    @Test
    void theMediaTypeOfGraphQlIsSpokenToWhoAsksForIt() {
        post(
                        visitor.of(BASIC).accept("application/graphql-response+json"),
                        "{ realtime { tenantId } }")
                .then()
                .statusCode(200)
                .contentType("application/graphql-response+json")
                .body("data.realtime.tenantId", equalTo(BASIC.value()));
    }

    private void bad(String body, String code) {
        visitor.of(BASIC)
                .contentType("application/json")
                .body(body)
                .post(GRAPHQL)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    private ValidatableResponse query(
            TenantId tenant, String query, Map<String, Object> variables) {
        return visitor.of(tenant)
                .contentType("application/json")
                .body(Map.of("query", query, "variables", variables))
                .post(GRAPHQL)
                .then();
    }

    private static Response post(RequestSpecification as, String query) {
        return as.contentType("application/json").body(Map.of("query", query)).post(GRAPHQL);
    }
}
