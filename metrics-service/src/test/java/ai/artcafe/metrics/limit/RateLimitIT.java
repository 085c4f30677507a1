package ai.artcafe.metrics.limit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients see of the limits, with those of {@link SmallLimits} and time standing still. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class RateLimitIT {

    private static final TenantId TENANT = new TenantId("limits-acme");
    private static final TenantId FOREIGN = new TenantId("limits-foreign");
    private static final String REALTIME = "/api/v1/metrics/realtime";

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;

    @BeforeEach
    void smallLimits() {
        books.tenant(TENANT, Plan.ENTERPRISE);
        books.tenant(FOREIGN, Plan.ENTERPRISE);
        QuarkusMock.installMockForType(
                new RateLimits(new SmallLimits(), new SteppedTime()), RateLimits.class);
    }

    @Test
    void everyAnswerTellsWhatIsLeft() {
        as("ada")
                .get(REALTIME)
                .then()
                .statusCode(200)
                .header("RateLimit-Policy", "\"user\";q=60;w=60, \"tenant\";q=60;w=60")
                .header("RateLimit", "\"user\";r=2;t=1, \"tenant\";r=4;t=1");
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        for (int i = 0; i < 3; i++) {
            as("ada").get(REALTIME).then().statusCode(200);
        }
        as("ada")
                .get(REALTIME)
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .header("Cache-Control", "no-store")
                .header("RateLimit", "\"user\";r=0;t=1")
                .body("code", equalTo("rate_limited"))
                .body("limit", equalTo("user"))
                .body("instance", equalTo(REALTIME));
        as("bob").get(REALTIME).then().statusCode(200);
    }

    @Test
    void anExpensiveQuestionCostsMore() {
        as("ada").get("/api/v1/usage/stats").then().statusCode(200);
        as("ada").get("/api/v1/usage/stats").then().statusCode(429);
        as("ada").get(REALTIME).then().statusCode(200);
    }

    @Test
    void whoAsksForAForeignTenantTakesNothingOfIt() {
        for (int i = 0; i < 2; i++) {
            as("ada")
                    .header("X-Tenant-Id", FOREIGN.value())
                    .get(REALTIME)
                    .then()
                    .statusCode(404)
                    .header("RateLimit", matchesPattern("\"user\";r=\\d;t=\\d"));
        }
        visitor.with(TokenRequest.member("bob", FOREIGN, Role.VIEWER))
                .get(REALTIME)
                .then()
                .header("RateLimit", containsString("\"tenant\";r=4"));
    }

    @Test
    void withoutATokenTheAddressCounts() {
        given().get("/api/status")
                .then()
                .statusCode(200)
                .header("RateLimit", "\"address\";r=1;t=1");
        given().auth().oauth2("guessed").get(REALTIME).then().statusCode(401);
        given().auth()
                .oauth2("guessed-again")
                .get(REALTIME)
                .then()
                .statusCode(429)
                .body("limit", equalTo("address"));
        given().get("/api/status").then().statusCode(429);
    }

    @Test
    void whatOperatorsAndLoadBalancersAskIsNeverRefused() {
        for (int i = 0; i < 20; i++) {
            for (String path : new String[] {"/health", "/q/health/ready", "/q/metrics", "/"}) {
                given().get(path).then().statusCode(200).header("RateLimit", nullValue());
            }
        }
    }

    private RequestSpecification as(String user) {
        return visitor.with(TokenRequest.member(user, TENANT, Role.VIEWER));
    }
}
