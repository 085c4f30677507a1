package ai.artcafe.metrics.access;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.runtime.testing.BadTokens;
import ai.artcafe.runtime.testing.Refusal;
import ai.artcafe.runtime.testing.Requests;
import ai.artcafe.runtime.testing.TokenForge;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That no operation of the service's description takes a token that does not hold. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class TokensEverywhereIT {

    private static final TenantId TENANT = new TenantId("everywhere-acme");

    private final TokenForge forge = TokenForge.in(SharedStores.stack().keysDirectory());
    private final Requests requests = new Requests();

    @Inject Books books;

    @BeforeEach
    void aTenant() {
        books.tenant(TENANT, Plan.ENTERPRISE);
    }

    @AfterEach
    void close() {
        requests.close();
    }

    @Test
    void noneIsAnsweredWithATokenThatDoesNotHold() {
        Map<String, Object> claims = TokenForge.claims("ada", TENANT.value());
        String good = forge.rs256(claims);
        Map<String, String> bad = BadTokens.of(forge, claims);
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : ApiOperation.all()) {
                if (operation.takesToken()) {
                    bad.forEach((what, token) ->
                            refused(softly, operation, what, "", bearer("Bearer " + token)));
                    refused(softly, operation, "a password", "", bearer("Basic YTpi"));
                }
                if (operation.needsToken()) {
                    refused(
                            softly,
                            operation,
                            "no token",
                            "",
                            Map.of("X-Tenant-Id", TENANT.value()));
                    refused(
                            softly,
                            operation,
                            "a token in the address",
                            "?token=" + good + "&access_token=" + good,
                            Map.of());
                }
            }
        });
    }

    private void refused(
            SoftAssertions softly,
            ApiOperation operation,
            String what,
            String query,
            Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        Optional<String> body =
                Optional.of("{\"query\":\"{tenant_id}\"}").filter(_ -> operation.takesBody());
        body.ifPresent(_ -> all.put("Content-Type", "application/json"));
        Refusal.check(
                softly,
                operation + " with " + what,
                operation.path(),
                requests.send(operation.method(), operation.path() + query, all, body));
    }

    private static Map<String, String> bearer(String authorization) {
        return Map.of("Authorization", authorization);
    }
}
