package ai.artcafe.metrics.access;

import static io.restassured.RestAssured.given;

import ai.artcafe.metrics.openapi.ApiOperation;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That no operation of the service's description takes a token that does not hold. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class TokensEverywhereIT {

    private static final TenantId TENANT = new TenantId("everywhere-acme");

    @Inject Books books;

    @BeforeEach
    void aTenant() {
        books.tenant(TENANT, Plan.ENTERPRISE);
    }

    @Test
    void noneIsAnsweredWithATokenThatDoesNotHold() throws Exception {
        Map<String, String> bad = badTokens();
        String good = Forge.in(SharedStores.stack().keysDirectory()).rs256(claims());
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : ApiOperation.all()) {
                if (operation.takesToken() && operation.method().equals("GET")) {
                    bad.forEach((what, token) ->
                            refused(
                                    softly,
                                    operation + " with " + what,
                                    given().auth().oauth2(token).get(operation.path())));
                    refused(
                            softly,
                            operation + " with a password",
                            given().auth().preemptive().basic("a", "b").get(operation.path()));
                }
                if (operation.needsToken() && operation.method().equals("GET")) {
                    refused(
                            softly,
                            operation + " without a token",
                            given().header("X-Tenant-Id", TENANT.value()).get(operation.path()));
                    refused(
                            softly,
                            operation + " with a token in the address",
                            given().queryParam("token", good)
                                    .queryParam("access_token", good)
                                    .get(operation.path()));
                }
            }
        });
    }

    private static void refused(SoftAssertions softly, String what, Response answer) {
        softly.assertThat(answer.statusCode()).as(what).isEqualTo(401);
        softly.assertThat(answer.contentType()).as(what).startsWith("application/problem+json");
        softly.assertThat(answer.header("WWW-Authenticate")).as(what).startsWith("Bearer");
        softly.assertThat(answer.asString())
                .as(what)
                .contains("\"unauthenticated\"", "A valid bearer token is needed.");
    }

    private static Map<String, String> badTokens() throws Exception {
        Forge forge = Forge.in(SharedStores.stack().keysDirectory());
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("nonsense", "x");
        bad.put("an unsigned token", forge.unsigned("none", claims()));
        bad.put("an expired token", forge.rs256(claims("exp", now() - 60)));
        bad.put("one for another audience", forge.rs256(claims("aud", "someone-else")));
        bad.put("one of another issuer", forge.rs256(claims("iss", "someone-else")));
        bad.put("one signed with another key", forge.withForeignKeys().rs256(claims()));
        List<String> shared = forge.hs256WithPublicKey(claims());
        bad.put("one signed with the public key as a secret", shared.getFirst());
        bad.put("one signed with the public key's PEM as a secret", shared.getLast());
        return bad;
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private static Map<String, Object> claims() {
        return new HashMap<>(
                Map.of(
                        "iss",
                        "artcafe-local",
                        "aud",
                        "artcafe",
                        "sub",
                        "ada",
                        "iat",
                        now() - 90,
                        "exp",
                        now() + 600,
                        "tenant_id",
                        TENANT.value()));
    }
}
