package ai.artcafe.metrics.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.runtime.testing.TokenForge;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which tokens hold; {@link TokensEverywhereIT} has those that do not. Time here is the machine's:
 * the library that verifies them has no other.
 */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class BearerTokenIT {

    private static final String PATH = "/api/v1/usage/stats";
    private static final String TENANT = "tokens-acme";

    private final TokenForge forge = TokenForge.in(SharedStores.stack().keysDirectory());
    private final Map<String, Object> claims = TokenForge.claims("ada", TENANT);

    @Inject Books books;

    @BeforeEach
    void aTenant() {
        books.tenant(new TenantId(TENANT), Plan.FREE);
    }

    @Test
    void oneOfTheIssuerHolds() {
        accepted(forge.rs256(claims));
    }

    @Test
    void theNamesThatCognitoGivesClaimsAreUnderstood() {
        claims.remove("tenant_id");
        claims.put("custom:tenant_id", TENANT);
        claims.put("custom:role", "admin");
        accepted(forge.rs256(claims));
    }

    @Test
    void severalTenantsAreNamedByAListOrWithCommasAndOneMustBeChosen() {
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
    void oneThatExpiredWithinTheLeewayHolds() {
        claims.put("iat", Instant.now().minusSeconds(90).getEpochSecond());
        claims.put("exp", Instant.now().minusSeconds(2).getEpochSecond());
        accepted(forge.rs256(claims));
    }

    private static void accepted(String token) {
        given().auth().oauth2(token).get(PATH).then().statusCode(200);
    }
}
