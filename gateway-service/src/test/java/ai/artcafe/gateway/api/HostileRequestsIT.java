package ai.artcafe.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.runtime.testing.Requests;
import ai.artcafe.runtime.testing.Requests.Answer;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What strangers and bad tools send to every operation that the description names. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class HostileRequestsIT {

    private static final List<String> IDS =
            List.of(
                    "acme.%3E",
                    "*",
                    "..%2F..%2Fetc",
                    "%D0%B0cme",
                    "a%00b",
                    "%27%20OR%201=1",
                    "@api-acme",
                    "x".repeat(64));

    private static final List<String> BODIES =
            List.of(
                    "null",
                    "[".repeat(5_000),
                    "{\"name\":" + "[".repeat(500) + "]".repeat(500) + "}",
                    "{\"agent_id\":{},\"channel_id\":[],\"tenant_id\":1.5,\"data\":1,"
                            + "\"name\":\"\\ud800\",\"metadata\":{\"a\":[]},\"limits\":[1],\"role\":{},"
                            + "\"status\":[],\"mode\":7,\"id\":false,\"timeout_ms\":1e99}");

    private final Requests requests = new Requests();

    @AfterEach
    void close() {
        requests.close();
    }

    @Test
    void noIdReachesWhereItShouldNot() {
        Map<String, String> admin = admin(Platform.tenant("enterprise"));
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : operations()) {
                if (operation.path().contains("{")) {
                    for (String id : IDS) {
                        Answer answer =
                                requests.send(
                                        operation.method(),
                                        operation.at(id),
                                        admin,
                                        Optional.of("{\"data\":1}"));
                        calm(softly, operation + " " + id, answer);
                        softly.assertThat(answer.status())
                                .as(operation + " " + id)
                                .isGreaterThanOrEqualTo(400);
                    }
                }
            }
        });
    }

    @Test
    void noBodyBreaksAnything() {
        String tenant = Platform.tenant("enterprise");
        Map<String, String> admin = admin(tenant);
        Map<String, String> operator = json(Platform.token(TokenRequest.operator("olga")));
        Map<String, String> text = new HashMap<>(admin);
        text.put("Content-Type", "text/plain");
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : operations()) {
                if (!List.of("GET", "DELETE").contains(operation.method())) {
                    for (String body : BODIES) {
                        calm(softly, operation, operation.at("x"), admin, body);
                        if (operation.path().startsWith("/api/v1/tenants")) {
                            calm(softly, operation, operation.at(tenant), operator, body);
                        }
                    }
                    calm(softly, operation, operation.at("x"), text, "x");
                }
            }
        });
        Platform.as(tenant, Role.ADMIN)
                .body("\"" + "x".repeat(1_100_000) + "\"")
                .post("/api/v1/channels/x/messages")
                .then()
                .statusCode(413);
        Platform.as(tenant, Role.VIEWER).get("/api/v1/agents").then().statusCode(200);
    }

    @Test
    void whatIsAnotherTenantsIsNotThere() {
        Map<String, String> mine = new HashMap<>(admin(Platform.tenant("enterprise")));
        mine.put("X-Tenant-Id", Platform.tenant("enterprise"));
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : operations()) {
                if (operation.needsToken() && !operation.path().startsWith("/api/v1/tenants")) {
                    Answer answer =
                            requests.send(
                                    operation.method(),
                                    operation.at("x"),
                                    mine,
                                    Optional.of(
                                            "{\"data\":1,\"name\":\"x\",\"status\":\"active\"}"));
                    softly.assertThat(answer.status()).as(operation.toString()).isEqualTo(404);
                    softly.assertThat(answer.body())
                            .as(operation.toString())
                            .contains("There is no such tenant.");
                }
            }
        });
    }

    private void calm(
            SoftAssertions softly,
            ApiOperation operation,
            String path,
            Map<String, String> headers,
            String body) {
        calm(
                softly,
                operation + " " + body.substring(0, Math.min(60, body.length())),
                requests.send(operation.method(), path, headers, Optional.of(body)));
    }

    /** Refused or not: a problem with a stable code where it is, and never a fault of ours. */
    private static void calm(SoftAssertions softly, String what, Answer answer) {
        softly.assertThat(answer.status()).as(what).isLessThan(500);
        if (answer.status() >= 400) {
            softly.assertThat(answer.header("content-type"))
                    .as(what)
                    .startsWith("application/problem+json");
            softly.assertThat(answer.body()).as(what).contains("\"code\":\"");
        }
    }

    private static List<ApiOperation> operations() {
        List<ApiOperation> operations = ApiOperation.all();
        assertThat(operations).hasSizeGreaterThan(25);
        return operations;
    }

    private static Map<String, String> admin(String tenant) {
        return json(Platform.token(TokenRequest.member("mia", new TenantId(tenant), Role.ADMIN)));
    }

    private static Map<String, String> json(String token) {
        return Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
    }
}
