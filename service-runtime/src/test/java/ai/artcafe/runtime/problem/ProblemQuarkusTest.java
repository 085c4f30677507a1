package ai.artcafe.runtime.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(IssuerKeys.class)
class ProblemQuarkusTest {

    @Test
    void aProblemIsToldWithItsMembersAndHeaders() {
        problem(given().get("/faulty/problem?token=secret"), 429, "limit_exceeded")
                .header("Retry-After", equalTo("7"))
                .body("type", equalTo("urn:artcafe:problem:limit_exceeded"))
                .body("title", equalTo("Limit exceeded"))
                .body("status", equalTo(429))
                .body("detail", equalTo("Slow down."))
                .body("instance", equalTo("/faulty/problem"))
                .body("retry_after", equalTo("7"));
    }

    @Test
    void aFaultOfOursLeaksNothingButAnIdToFindItBy() {
        Response response = given().get("/faulty/bug");

        problem(response, 500, "internal").body("error_id", notNullValue());
        assertThat(response.asString()).doesNotContain("secret", "Exception", "ai.artcafe");
    }

    @Test
    void anUnknownAddressAnUnknownMethodAndUnknownMediaTypesAreProblemsToo() {
        problem(given().get("/faulty/nowhere"), 404, "not_found");
        problem(given().get("/nowhere/at/all"), 404, "not_found");
        problem(given().delete("/faulty/bug"), 405, "method_not_allowed");
        problem(given().accept("text/csv").get("/faulty/bug"), 406, "not_acceptable");
        problem(
                given().contentType("text/plain").body("x").post("/faulty"),
                415,
                "unsupported_media_type");
    }

    @Test
    void whatIsNotJsonIsToldWithItsPlace() {
        problem(post("{\"tenant_id\": oops}"), 400, "invalid_json")
                .body("detail", containsString("line 1"));
        problem(post("{\"tenant_id\": \"acme\""), 400, "invalid_json");
        problem(post("{} x"), 400, "invalid_json");
    }

    @Test
    void jsonOfAnotherShapeIsToldWithItsField() {
        Response response = post("{\"tags\": [{\"weight\": 1}, {\"weight\": \"heavy\"}]}");

        problem(response, 400, "invalid_request").body("field", equalTo("tags[1].weight"));
        assertThat(response.asString()).doesNotContain("ai.artcafe", "java", "jackson");
        problem(post("[1]"), 400, "invalid_request");
    }

    @Test
    void aValueThatTheModelRefusesIsToldInTheModelsWords() {
        problem(post("{\"tenant_id\": \"A B\"}"), 400, "invalid_request")
                .body("field", equalTo("tenant_id"))
                .body("detail", startsWith("tenant_id must be"));
        problem(post("{\"plan\": \"gold\"}"), 400, "invalid_request")
                .body("field", equalTo("plan"))
                .body("detail", containsString("free, starter"));
    }

    @Test
    void soIsOneInTheAddress() {
        problem(given().get("/faulty/agents/A_B"), 400, "invalid_request")
                .body("detail", startsWith("agent_id must be"));
        problem(given().get("/faulty/agents?client_id=A_B"), 400, "invalid_request")
                .body("detail", startsWith("agent_id must be"));
    }

    /** Announced and not sent: the server answers and closes whether or not all of it has come. */
    @Test
    void aBodyThatIsTooLargeIsToldSo() throws Exception {
        HttpRequest announced =
                HttpRequest.newBuilder(
                                URI.create("http://localhost:" + RestAssured.port + "/faulty"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .expectContinue(true)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(20_000)))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(announced, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
            JsonPath problem = JsonPath.from(answer.body());
            assertThat(problem.getString("code")).isEqualTo("too_large");
            assertThat(problem.getString("instance")).isNotNull();
        }
    }

    @Test
    void missingAndBadCredentialsAreChallenged() {
        for (String path : List.of("/faulty/tenant", "/faulty/operators")) {
            problem(given().get(path), 401, "unauthenticated")
                    .header("WWW-Authenticate", startsWith("Bearer"));
            problem(given().auth().oauth2("a.b.c").get(path), 401, "unauthenticated")
                    .header("WWW-Authenticate", startsWith("Bearer"));
        }
    }

    @Test
    void aRoleThatIsMissingIsForbidden() {
        problem(given().auth().oauth2(token()).get("/faulty/operators"), 403, "forbidden");
    }

    @Test
    void storesThatAreAwayAreUnavailable() {
        problem(given().get("/faulty/redis"), 503, "unavailable")
                .header("Retry-After", equalTo("1"));
        problem(given().auth().oauth2(token()).get("/faulty/tenant"), 503, "unavailable");
    }

    @Test
    void healthIsAtBothAddressesAndNamesWhatIsDown() {
        for (String path : List.of("/health", "/q/health", "/health/ready")) {
            given().get(path)
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'dynamodb' }.status", equalTo("DOWN"));
        }
        given().get("/health/live").then().statusCode(200);
    }

    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/faulty");
    }

    private static ValidatableResponse problem(Response response, int status, String code) {
        return response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("instance", notNullValue());
    }

    private static String token() {
        return LocalStack.shared()
                .tokens()
                .token(TokenRequest.member("ada", new TenantId("acme"), Role.ADMIN));
    }
}
