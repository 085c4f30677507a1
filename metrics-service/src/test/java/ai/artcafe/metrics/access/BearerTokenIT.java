package ai.artcafe.metrics.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tokens hold. Time here is the machine's: the library that verifies them has no other. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class BearerTokenIT {

    private static final String PATH = "/api/v1/usage/stats";
    private static final String TENANT = "tokens-acme";

    private final Forge forge = Forge.in(SharedStores.stack().keysDirectory());
    private final Map<String, Object> claims = new HashMap<>();

    @Inject Books books;

    BearerTokenIT() throws IOException, GeneralSecurityException {}

    @BeforeEach
    void aTenantAndGoodClaims() {
        books.tenant(new TenantId(TENANT), Plan.FREE);
        claims.put("iss", "artcafe-local");
        claims.put("aud", "artcafe");
        claims.put("sub", "ada");
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond());
        claims.put("tenant_id", TENANT);
    }

    @Test
    void oneOfTheIssuerHolds() throws Exception {
        accepted(forge.rs256(claims));
    }

    @Test
    void theNamesThatCognitoGivesClaimsAreUnderstood() throws Exception {
        claims.remove("tenant_id");
        claims.put("custom:tenant_id", TENANT);
        claims.put("custom:role", "admin");
        accepted(forge.rs256(claims));
    }

    @Test
    void severalTenantsAreNamedByAListOrWithCommasAndOneMustBeChosen() throws Exception {
        for (Object tenants : List.of(List.of("tokens-other", TENANT), "tokens-other, " + TENANT)) {
            claims.put("tenant_id", tenants);
            String token = forge.rs256(claims);
            given().auth()
                    .oauth2(token)
                    .header("X-Tenant-Id", TENANT)
                    .get(PATH)
                    .then()
                    .statusCode(200);
            given().auth()
                    .oauth2(token)
                    .get(PATH)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_request"));
        }
    }

    @Test
    void oneThatExpiredWithinTheLeewayHolds() throws Exception {
        claims.put("iat", Instant.now().minusSeconds(90).getEpochSecond());
        claims.put("exp", Instant.now().minusSeconds(2).getEpochSecond());
        accepted(forge.rs256(claims));
    }

    @Test
    void anExpiredOneDoesNotHold() throws Exception {
        claims.put("exp", Instant.now().minusSeconds(45).getEpochSecond());
        claims.put("iat", Instant.now().minusSeconds(90).getEpochSecond());
        refused(forge.rs256(claims));
    }

    @Test
    void oneThatNeverExpiresDoesNotHold() throws Exception {
        claims.remove("exp");
        refused(forge.rs256(claims));
    }

    @Test
    void oneForAnotherAudienceDoesNotHold() throws Exception {
        claims.put("aud", "someone-else");
        refused(forge.rs256(claims));
    }

    @Test
    void oneForNoAudienceDoesNotHold() throws Exception {
        claims.remove("aud");
        refused(forge.rs256(claims));
    }

    @Test
    void oneOfAnotherIssuerDoesNotHold() throws Exception {
        claims.put("iss", "someone-else");
        refused(forge.rs256(claims));
    }

    @Test
    void oneWithoutSubjectDoesNotHold() throws Exception {
        claims.remove("sub");
        claims.put("upn", "ada");
        refused(forge.rs256(claims));
    }

    @Test
    void oneSignedWithAnotherKeyUnderOurKeyIdDoesNotHold() throws Exception {
        refused(forge.withForeignKeys().rs256(claims));
    }

    @Test
    void anUnsignedOneDoesNotHold() throws Exception {
        refused(forge.unsigned("none", claims));
        refused(forge.unsigned("None", claims));
        refused(forge.unsigned("RS256", claims));
    }

    @Test
    void oneSignedWithThePublicKeyAsASharedSecretDoesNotHold() throws Exception {
        for (String token : forge.hs256WithPublicKey(claims)) {
            refused(token);
        }
    }

    @Test
    void oneWithAChangedClaimDoesNotHold() throws Exception {
        String good = forge.rs256(claims);
        claims.put("groups", List.of("operator"));
        String[] signed = good.split("\\.");
        refused(signed[0] + "." + forge.rs256(claims).split("\\.")[1] + "." + signed[2]);
    }

    @Test
    void whatIsNoTokenDoesNotHold() {
        refused("x");
        refused("a.b.c");
        given().auth().preemptive().basic("a", "b").get(PATH).then().statusCode(401);
        given().get(PATH).then().statusCode(401);
    }

    private static void accepted(String token) {
        given().auth().oauth2(token).get(PATH).then().statusCode(200);
    }

    private static void refused(String token) {
        given().auth()
                .oauth2(token)
                .get(PATH)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("unauthenticated"))
                .body("status", equalTo(401))
                .body("detail", equalTo("A valid bearer token is needed."))
                .body("instance", equalTo(PATH));
    }
}
