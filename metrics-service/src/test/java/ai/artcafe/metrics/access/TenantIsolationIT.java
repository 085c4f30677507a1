package ai.artcafe.metrics.access;

import static ai.artcafe.metrics.testing.Books.totals;
import static ai.artcafe.metrics.testing.TestClock.NOW;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class TenantIsolationIT {

    private static final TenantId OURS = new TenantId("isolation-ours");
    private static final TenantId THEIRS = new TenantId("isolation-theirs");
    private static final TenantId NOBODYS = new TenantId("isolation-nobodys");
    private static final AgentId THEIR_AGENT = new AgentId("isolation-agent");
    private static final Slice TODAY = Slice.containing(Period.DAILY, NOW);

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;

    @BeforeEach
    void twoTenants() {
        books.tenant(OURS, Plan.ENTERPRISE);
        books.tenant(THEIRS, Plan.ENTERPRISE);
        books.agent(THEIRS, THEIR_AGENT);
        books.live(new OfTenant(THEIRS), TODAY, totals(77), 1);
        books.live(new OfAgent(THEIRS, THEIR_AGENT), TODAY, totals(77), 1);
        books.rollup(
                new OfAgent(THEIRS, THEIR_AGENT),
                new Slice(Period.DAILY, Period.DAILY.start(NOW.minusSeconds(10 * 86_400))),
                totals(77),
                1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/metrics/realtime",
                "/api/v1/metrics/anomalies",
                "/api/v1/usage/stats",
                "/api/v1/usage/current",
                "/api/v1/usage/reconciliation"
            })
    void aForeignTenantLooksExactlyLikeOneThatDoesNotExist(String path) {
        Response foreign = visitor.of(OURS).header("X-Tenant-Id", THEIRS.value()).get(path);
        Response absent = visitor.of(OURS).header("X-Tenant-Id", NOBODYS.value()).get(path);

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.asString()).isEqualTo(absent.asString());
        assertThat(foreign.contentType()).startsWith("application/problem+json");
        assertThat(foreign.asString()).doesNotContain("isolation", "77");
        visitor.of(OURS)
                .queryParam("tenant_id", THEIRS.value())
                .get(path)
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
    }

    @Test
    void aForeignAgentLooksExactlyLikeOneThatDoesNotExist() {
        Response foreign = stats(THEIR_AGENT.value());
        Response absent = stats("isolation-no-agent");

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.asString()).isEqualTo(absent.asString());
    }

    @Test
    void usageThatAnotherTenantLeftUnderAnAgentIdIsNotShown() {
        AgentId reused = THEIR_AGENT;
        books.agent(OURS, reused);
        try {
            visitor.of(OURS)
                    .queryParam("client_id", reused.value())
                    .queryParam("from", "2026-11-11")
                    .queryParam("to", "2026-11-12")
                    .get("/api/v1/usage/stats")
                    .then()
                    .statusCode(200)
                    .body("published.messages", equalTo(0));
        } finally {
            books.noAgent(OURS, reused);
        }
    }

    @Test
    void headerAndParameterMustNotContradictEachOther() {
        visitor.of(OURS)
                .header("X-Tenant-Id", OURS.value())
                .queryParam("tenant_id", THEIRS.value())
                .get("/api/v1/usage/stats")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void aMemberOfATenantThatIsGoneGets404() {
        visitor.of(NOBODYS).get("/api/v1/usage/stats").then().statusCode(404);
    }

    @Test
    void operatorsSeeEveryTenantThatExists() {
        visitor.operator()
                .header("X-Tenant-Id", THEIRS.value())
                .get("/api/v1/usage/stats")
                .then()
                .statusCode(200)
                .body("published.messages", equalTo(77));
        visitor.operator()
                .header("X-Tenant-Id", NOBODYS.value())
                .get("/api/v1/usage/stats")
                .then()
                .statusCode(404);
        visitor.operator()
                .get("/api/v1/usage/stats")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void withoutATokenNothingIsShown() {
        given().header("X-Tenant-Id", THEIRS.value())
                .get("/api/v1/usage/stats")
                .then()
                .statusCode(401);
    }

    private Response stats(String client) {
        return visitor.of(OURS).queryParam("client_id", client).get("/api/v1/usage/stats");
    }
}
