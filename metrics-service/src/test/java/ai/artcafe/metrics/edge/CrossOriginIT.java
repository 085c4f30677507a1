package ai.artcafe.metrics.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of others, where one origin is let in: {@link SharedStores#FRIEND}. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class CrossOriginIT {

    private static final String REALTIME = "/api/v1/metrics/realtime";
    private static final TenantId TENANT = new TenantId("cors-acme");

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;

    @BeforeEach
    void aTenant() {
        books.tenant(TENANT, Plan.ENTERPRISE);
    }

    @Test
    void aPageOfTheOriginMayAskWithATokenAndReadWhatItNeeds() {
        Response preflight =
                given().header("Origin", SharedStores.FRIEND)
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", "authorization,x-tenant-id")
                        .options(REALTIME);
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(SharedStores.FRIEND);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("GET");
        assertThat(preflight.header("Access-Control-Allow-Headers"))
                .containsIgnoringCase("authorization")
                .containsIgnoringCase("x-tenant-id");
        assertThat(preflight.header("Access-Control-Max-Age")).isEqualTo("3600");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isNotEqualTo("true");

        Response answer = visitor.of(TENANT).header("Origin", SharedStores.FRIEND).get(REALTIME);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SharedStores.FRIEND);
        assertThat(answer.header("Access-Control-Allow-Credentials")).isNotEqualTo("true");
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag", "Retry-After");
        assertThat(String.join(",", answer.headers().getValues("Vary")))
                .containsIgnoringCase("origin");
    }

    @Test
    void itMayReadErrorsToo() {
        Response answer = given().header("Origin", SharedStores.FRIEND).get(REALTIME);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SharedStores.FRIEND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://bi.example.com.evil.example",
                "https://bi.example.com:8443",
                "http://bi.example.com",
                "https://BI.example.com.",
                "null",
                "*",
                "file://",
                "not an origin"
            })
    void noOtherMay(String origin) {
        Response preflight =
                given().header("Origin", origin)
                        .header("Access-Control-Request-Method", "GET")
                        .options(REALTIME);
        Response answer = visitor.of(TENANT).header("Origin", origin).get(REALTIME);

        assertThat(preflight.header("Access-Control-Allow-Origin")).isNull();
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).doesNotContain("tenant_id");
    }

    @Test
    void thePageOfTheServiceItselfIsNotKeptOut() {
        Response own =
                visitor.of(TENANT)
                        .header("Origin", "http://localhost:" + io.restassured.RestAssured.port)
                        .get(REALTIME);

        assertThat(own.statusCode()).isEqualTo(200);
    }
}
