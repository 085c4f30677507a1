package ai.artcafe.gateway.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.model.access.Role;
import ai.artcafe.stack.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** What strangers and bad tools send to every operation that the description names. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class HostileRequestsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

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
                    "",
                    "null",
                    "[]",
                    "{",
                    "[".repeat(5_000),
                    "{\"name\":" + "[".repeat(500) + "]".repeat(500) + "}",
                    "{\"agent_id\":{},\"channel_id\":[],\"tenant_id\":1.5,\"data\":1,\"name\":{}}",
                    "{\"name\":\"\\ud800\",\"metadata\":{\"a\":{\"b\":[]}},\"limits\":[1]}",
                    "{\"role\":{},\"status\":[],\"mode\":7,\"id\":false,\"timeout_ms\":1e99}");

    /** Set by the test resource. */
    LocalStack stack;

    private record Operation(String method, String path, boolean isOfUsers) {

        Response send(RequestSpecification request, String id) {
            return request.urlEncodingEnabled(false)
                    .request(method, path.replaceAll("\\{[a-z]+}", id));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @Test
    void noOperationOfUsersIsAnsweredWithoutATokenThatHolds() throws Exception {
        Map<String, String> bad = badTokens();
        SoftAssertions.assertSoftly(softly -> {
            for (Operation operation : operations()) {
                if (operation.isOfUsers()) {
                    refused(softly, operation + " without", operation.send(json(given()), "x"));
                    bad.forEach((what, token) ->
                            refused(
                                    softly,
                                    operation + " with " + what,
                                    operation.send(json(given().auth().oauth2(token)), "x")));
                }
            }
        });
    }

    private static void refused(SoftAssertions softly, String what, Response answer) {
        softly.assertThat(answer.statusCode()).as(what).isEqualTo(401);
        softly.assertThat(answer.contentType()).as(what).startsWith("application/problem+json");
        softly.assertThat(answer.asString()).as(what).contains("\"unauthenticated\"");
    }

    @Test
    void noIdReachesWhereItShouldNot() {
        String tenant = Platform.tenant("enterprise");
        SoftAssertions.assertSoftly(softly -> {
            for (Operation operation : operations()) {
                if (operation.path().contains("{")) {
                    for (String id : IDS) {
                        Response answer =
                                operation.send(
                                        Platform.as(tenant, Role.ADMIN).body("{\"data\":1}"), id);
                        calm(softly, operation + " " + id, answer);
                        softly.assertThat(answer.statusCode())
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
        SoftAssertions.assertSoftly(softly -> {
            for (Operation operation : operations()) {
                if (!List.of("GET", "DELETE").contains(operation.method())) {
                    for (String body : BODIES) {
                        String what =
                                operation + " " + body.substring(0, Math.min(60, body.length()));
                        calm(
                                softly,
                                what,
                                operation.send(Platform.as(tenant, Role.ADMIN).body(body), "x"));
                        if (operation.path().startsWith("/api/v1/tenants")) {
                            calm(
                                    softly,
                                    what,
                                    operation.send(Platform.asOperator().body(body), tenant));
                        }
                    }
                    Response form =
                            operation.send(
                                    Platform.as(tenant, Role.ADMIN)
                                            .contentType("text/plain")
                                            .body("x"),
                                    "x");
                    calm(softly, operation + " text", form);
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
        String mine = Platform.tenant("enterprise");
        String theirs = Platform.tenant("enterprise");
        SoftAssertions.assertSoftly(softly -> {
            for (Operation operation : operations()) {
                if (operation.isOfUsers() && !operation.path().startsWith("/api/v1/tenants")) {
                    Response answer =
                            operation.send(
                                    Platform.as(mine, Role.ADMIN)
                                            .header("X-Tenant-Id", theirs)
                                            .body(
                                                    "{\"data\":1,\"name\":\"x\",\"status\":\"active\"}"),
                                    "x");
                    softly.assertThat(answer.statusCode()).as(operation.toString()).isEqualTo(404);
                    softly.assertThat(answer.asString())
                            .as(operation.toString())
                            .contains("There is no such tenant.");
                }
            }
        });
    }

    /** Refused or not: a problem with a stable code where it is, and never a fault of ours. */
    private static void calm(SoftAssertions softly, String what, Response answer) {
        softly.assertThat(answer.statusCode()).as(what).isLessThan(500);
        if (answer.statusCode() >= 400) {
            softly.assertThat(answer.contentType()).as(what).startsWith("application/problem+json");
            softly.assertThat(answer.asString()).as(what).contains("\"code\":\"");
        }
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        try {
            JSON.readTree(given().get("/q/openapi?format=json").asString())
                    .path("paths")
                    .properties()
                    .forEach(path ->
                            path.getValue()
                                    .properties()
                                    .forEach(operation ->
                                            operations.add(
                                                    new Operation(
                                                            operation
                                                                    .getKey()
                                                                    .toUpperCase(Locale.ROOT),
                                                            path.getKey(),
                                                            isOfUsers(operation.getValue())))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThat(operations).hasSizeGreaterThan(25);
        return operations;
    }

    private static boolean isOfUsers(JsonNode operation) {
        return !operation.path("security").isEmpty();
    }

    private static RequestSpecification json(RequestSpecification request) {
        return request.contentType(ContentType.JSON).body("{}");
    }

    private Map<String, String> badTokens() throws IOException, GeneralSecurityException {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("nonsense", "x");
        bad.put("one without a signature", input("none") + ".");
        bad.put("one with a made-up signature", input("RS256") + "." + base64(new byte[256]));
        JsonNode jwk =
                JSON.readTree(stack.keysDirectory().resolve("jwks.json").toFile()).at("/keys/0");
        for (byte[] secret :
                List.of(
                        Base64.getUrlDecoder().decode(jwk.path("n").asText()),
                        Files.readAllBytes(stack.keysDirectory().resolve("jwks.json")))) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String input = input("HS256");
            bad.put(
                    "one signed with what everyone knows, " + secret.length,
                    input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII))));
        }
        return bad;
    }

    private static String input(String algorithm) throws IOException {
        long now = Instant.now().getEpochSecond();
        return base64(JSON.writeValueAsBytes(Map.of("alg", algorithm, "typ", "JWT")))
                + "."
                + base64(
                        JSON.writeValueAsBytes(
                                Map.of(
                                        "iss",
                                        "artcafe-local",
                                        "aud",
                                        "artcafe",
                                        "sub",
                                        "mallory",
                                        "groups",
                                        List.of("operator"),
                                        "iat",
                                        now,
                                        "exp",
                                        now + 600)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
