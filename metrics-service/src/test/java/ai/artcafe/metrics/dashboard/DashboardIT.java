package ai.artcafe.metrics.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import ai.artcafe.metrics.testing.SharedStores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class DashboardIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/dashboard/dashboard.js",
                "/dashboard/session.js",
                "/dashboard/api.js",
                "/dashboard/stream.js",
                "/dashboard/chart.js",
                "/dashboard/flow.js",
                "/dashboard/history.js",
                "/dashboard/usage.js",
                "/dashboard/views.js",
                "/dashboard/agents.js",
                "/dashboard/anomalies.js",
                "/dashboard/format.js",
                "/dashboard/dashboard.css",
                "/dashboard/icon.svg"
            })
    void everyPartOfThePageIsServedUnderAStrictPolicy(String path) {
        given().get(path)
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", startsWith("default-src 'none'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("Referrer-Policy", equalTo("no-referrer"))
                .header("X-Content-Type-Options", equalTo("nosniff"));
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndHasNoInlineCode() {
        String page = given().get("/").asString();

        assertThat(page).doesNotContain("http://", "https://", "onclick", "style=", "<style");
        assertThat(page).doesNotContainPattern("<script[^>]*>[^<]");
    }

    @Test
    void theApiIsDescribedAndTheServiceMeasured() {
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(
                        "paths.keySet()",
                        org.hamcrest.Matchers.hasItems(
                                "/api/v1/metrics/realtime",
                                "/api/v1/usage/stats",
                                "/api/v1/usage/current"));
        given().get("/q/swagger-ui/").then().statusCode(200);
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("artcafe_metrics_answers_held"));
        given().get("/health").then().statusCode(200).body("status", equalTo("UP"));
    }
}
