package ai.artcafe.runtime.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.runtime.testing.KeyServer;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What users are told while nobody knows the issuer's keys. */
@QuarkusTest
@WithTestResource(LateIssuer.class)
class IssuerOutageQuarkusTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject UserTokens tokens;

    @Test
    void aTokenIsNotRefusedForWantOfKeysAndKnownKeysOutliveTheIssuer() {
        asked(token())
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("unavailable"));
        assertThat(tokens.verify(token())).isEqualTo(new TokenVerdict.Undecided());
        given().get("/faulty/operators").then().statusCode(401);
        asked("nonsense").statusCode(503);
        issuerIs("DOWN");
        given().get("/health/ready")
                .then()
                .body("checks.findAll { it.name == 'issuer' }.size()", equalTo(0));

        try (KeyServer _ = LateIssuer.come()) {
            await().atMost(PATIENCE).untilAsserted(() -> asked(token()).statusCode(200));
            issuerIs("UP");
            asked("nonsense").statusCode(401);
        }

        asked(token()).statusCode(200);
        assertThat(tokens.verify(token())).isInstanceOf(TokenVerdict.Accepted.class);
        issuerIs("UP");
    }

    private static void issuerIs(String status) {
        given().get("/health/well")
                .then()
                .body("checks.find { it.name == 'issuer' }.status", equalTo(status));
    }

    private static ValidatableResponse asked(String token) {
        return given().auth().oauth2(token).get("/faulty/operators").then();
    }

    /** A new one each time: none is remembered. */
    private static String token() {
        return LocalStack.shared().tokens().token(TokenRequest.operator("root"));
    }
}
