package ai.artcafe.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.runtime.testing.BadTokens;
import ai.artcafe.runtime.testing.Refusal;
import ai.artcafe.runtime.testing.Requests;
import ai.artcafe.runtime.testing.TokenForge;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in at each operation that the description names, and who is not. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class TokensEverywhereIT {

    private static final String TENANTS = "/api/v1/tenants";
    private static final Set<String> OF_OPERATORS =
            Set.of(
                    "POST /api/v1/tenants",
                    "PATCH /api/v1/tenants/{id}",
                    "PUT /api/v1/tenants/{id}/tap");
    private static final Set<String> READS_OF_ADMINS =
            Set.of("GET /api/v1/tenants/{id}/members", "GET /api/v1/tenants/{id}/members/{user}");

    /** To whom there is nothing that they could delete. */
    private static final String DELETION = "DELETE /api/v1/tenants/{id}";

    /** Set by the test resource. */
    LocalStack stack;

    private final Requests requests = new Requests();
    private TokenForge forge;
    private String tenant;

    @BeforeEach
    void aTenant() {
        forge = TokenForge.in(stack.keysDirectory());
        tenant = Platform.tenant("enterprise");
    }

    @AfterEach
    void close() {
        requests.close();
    }

    private static List<ApiOperation> operations() {
        List<ApiOperation> operations = ApiOperation.ofUsers();
        assertThat(operations).hasSizeGreaterThan(20);
        return operations;
    }

    @Test
    void noneIsAnsweredWithATokenThatDoesNotHold() {
        Map<String, String> bad = BadTokens.of(forge, TokenForge.claims("mallory", tenant));
        SoftAssertions.assertSoftly(softly ->
                operations()
                        .forEach(operation -> {
                            String path = operation.at("x");
                            Refusal.check(
                                    softly,
                                    operation + " without",
                                    path,
                                    send(operation, path, Map.of()));
                            Refusal.check(
                                    softly,
                                    operation + " with a password",
                                    path,
                                    send(operation, path, Map.of("Authorization", "Basic YTpi")));
                            bad.forEach((what, token) ->
                                    Refusal.check(
                                            softly,
                                            operation + " with " + what,
                                            path,
                                            send(operation, path, bearer(token))));
                        }));
    }

    @Test
    void oneThatExpiredWithinTheLeewayHolds() {
        Map<String, Object> claims = TokenForge.claims("ada", tenant);
        claims.put("exp", Instant.now().getEpochSecond() - 1);
        String token = forge.rs256(claims);
        requests.send("GET", "/api/v1/agents", bearer(token), Optional.empty());
        SoftAssertions.assertSoftly(softly ->
                operations()
                        .forEach(operation ->
                                softly.assertThat(
                                                send(operation, operation.at("x"), bearer(token))
                                                        .status())
                                        .as(operation.toString())
                                        .isNotEqualTo(401)));
    }

    @Test
    void whoIsNoMemberFindsNoTenant() {
        String stranger = forge.rs256(TokenForge.claims("stranger", Platform.tenant("free")));
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : operations()) {
                boolean isOfTenants = operation.path().startsWith(TENANTS);
                if (OF_OPERATORS.contains(operation.toString())) {
                    refused(
                            softly,
                            operation,
                            send(operation, operation.at(tenant), bearer(stranger)),
                            403,
                            "forbidden");
                } else if (operation.path().equals(TENANTS)) {
                    assertThat(send(operation, TENANTS, bearer(stranger)).body())
                            .doesNotContain(tenant);
                } else {
                    Map<String, String> headers = new HashMap<>(bearer(stranger));
                    if (!isOfTenants) {
                        headers.put("X-Tenant-Id", tenant);
                    }
                    refused(
                            softly,
                            operation,
                            send(operation, operation.at(isOfTenants ? tenant : "x"), headers),
                            404,
                            "not_found");
                }
            }
        });
    }

    @Test
    void whoMayOnlyLookChangesNothing() {
        String viewer = forge.rs256(TokenForge.claims("vera", tenant));
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : operations()) {
                Requests.Answer answer =
                        send(
                                operation,
                                operation.at(operation.path().startsWith(TENANTS) ? tenant : "x"),
                                bearer(viewer));
                if (operation.method().equals("GET")
                        && !READS_OF_ADMINS.contains(operation.toString())) {
                    softly.assertThat(answer.status()).as(operation.toString()).isIn(200, 404);
                } else if (operation.toString().equals(DELETION)) {
                    refused(softly, operation, answer, 404, "not_found");
                } else {
                    refused(softly, operation, answer, 403, "forbidden");
                }
            }
        });
    }

    private static void refused(
            SoftAssertions softly,
            ApiOperation operation,
            Requests.Answer answer,
            int status,
            String code) {
        softly.assertThat(answer.status()).as(operation.toString()).isEqualTo(status);
        softly.assertThat(answer.header("content-type"))
                .as(operation.toString())
                .startsWith("application/problem+json");
        softly.assertThat(answer.body())
                .as(operation.toString())
                .contains("\"code\":\"" + code + "\"");
    }

    private Requests.Answer send(ApiOperation operation, String path, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        Optional<String> body = Optional.of("{}").filter(_ -> operation.takesBody());
        body.ifPresent(_ -> all.put("Content-Type", "application/json"));
        return requests.send(operation.method(), path, all, body);
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }
}
