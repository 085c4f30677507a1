package ai.artcafe.gateway.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.TokenIssuer;
import ai.artcafe.stack.TokenRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Who gets in at the dashboards' door, and for how long. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class DashboardDoorIT {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LocalStack stack;

    @Inject DynamoDbClient dynamoDb;

    @Test
    void aTokenOpensItInEachOfThreeWays() {
        String tenant = Platform.tenant("starter");
        String token = Dashboards.token(tenant);
        try (TestSocket byHeader = Dashboards.openWith(token);
                TestSocket bySubprotocol =
                        TestSocket.dashboard("", to -> to.subprotocols("bearer", token));
                TestSocket byParameter = TestSocket.dashboard("?token=" + token, to -> to)) {
            assertThat(byHeader.subprotocol()).isEmpty();
            assertThat(bySubprotocol.subprotocol()).isEqualTo("bearer");
            for (TestSocket socket : new TestSocket[] {bySubprotocol, byParameter}) {
                JsonNode welcome = socket.next("welcome");
                assertThat(welcome.path("tenant_id").asText()).isEqualTo(tenant);
                assertThat(welcome.path("user_id").asText()).isEqualTo("vera");
                assertThat(welcome.path("role").asText()).isEqualTo("viewer");
                assertThat(welcome.path("server_id").asText()).isEqualTo("under-test");
            }
        }
    }

    @Test
    void aTokenThatDoesNotHoldOpensNothingAndIsNotRepeated() throws Exception {
        String tenant = Platform.tenant("starter");
        hostile(tenant)
                .forEach((what, token) ->
                        knock(given().header("Authorization", "Bearer " + token), "")
                                .statusCode(401)
                                .contentType("application/problem+json")
                                .header("WWW-Authenticate", "Bearer")
                                .body("code", equalTo("unauthenticated")));
        knock(given(), "").statusCode(401).body("code", equalTo("unauthenticated"));
        String nonsense = "secret-nonsense";
        knock(given(), "?token=" + nonsense)
                .statusCode(401)
                .body("instance", equalTo("/api/v1/ws/dashboard"))
                .body(not(containsString(nonsense)));
        knock(given().header("Sec-WebSocket-Protocol", "bearer, " + nonsense), "")
                .statusCode(401)
                .body(not(containsString(nonsense)));
        knock(given().header("Authorization", "Bearer " + Dashboards.token(tenant)), "?token=x")
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void aTenantThatIsNotTheirsIsNoneAtAll() {
        String token = Dashboards.token(Platform.tenant("starter"));
        String other = Platform.tenant("starter");
        for (String tenant : new String[] {other, "there-is-none"}) {
            knock(given().header("Authorization", "Bearer " + token), "?tenant_id=" + tenant)
                    .statusCode(404)
                    .body("code", equalTo("not_found"))
                    .body("detail", equalTo("There is no such tenant."));
        }
        knock(given().header("Authorization", "Bearer " + token), "?tenant_id=../x")
                .statusCode(400);
    }

    @Test
    void pagesOfStrangersMayNotConnect() {
        String token = Dashboards.token(Platform.tenant("starter"));
        knock(
                        given().header("Authorization", "Bearer " + token)
                                .header("Origin", "https://stranger.example.com"),
                        "")
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        try (TestSocket friend =
                TestSocket.dashboard(
                        "?token=" + token,
                        to -> to.header("Origin", "https://friend.example.com"))) {
            friend.next("welcome");
        }
    }

    @Test
    void oneUserMayHaveSoManyOpen() {
        String tenant = Platform.tenant("starter");
        String token = Dashboards.token("greedy-" + tenant, tenant, HOUR);
        TestSocket[] open = new TestSocket[20];
        for (int i = 0; i < open.length; i++) {
            open[i] = Dashboards.openWith(token);
        }
        knock(given().header("Authorization", "Bearer " + token), "")
                .statusCode(429)
                .header("Retry-After", "10")
                .body("code", equalTo("limit_exceeded"));
        open[0].close();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> Dashboards.openWith(token).close());
        for (TestSocket socket : open) {
            socket.close();
        }
    }

    @Test
    void itClosesWhenTheTokenEndsUnlessANewerOneCame() throws Exception {
        String tenant = Platform.tenant("starter");
        String shortLived = Dashboards.token("vera", tenant, Duration.ofSeconds(5));
        try (TestSocket ends = Dashboards.openWith(shortLived);
                TestSocket goesOn = Dashboards.openWith(shortLived)) {
            refresh(goesOn, Dashboards.token("mallory", tenant, HOUR), "forbidden");
            refresh(goesOn, Dashboards.token("vera", Platform.tenant("free"), HOUR), "not_found");
            refresh(goesOn, "a.b.c", "unauthenticated");

            goesOn.send(
                    "{\"type\":\"refresh\",\"id\":\"r\",\"token\":\""
                            + Dashboards.token("vera", tenant, HOUR)
                            + "\"}");
            JsonNode refreshed = goesOn.next("refreshed");
            assertThat(refreshed.path("id").asText()).isEqualTo("r");
            assertThat(Instant.parse(refreshed.path("expires_at").asText()))
                    .isAfter(Instant.now().plus(Duration.ofMinutes(50)));

            assertThat(ends.awaitClose()).isEqualTo(4401);
            goesOn.hasNothingElse();
        }
    }

    @Test
    void itClosesWhenTheTenantIsGone() throws Exception {
        String tenant = Platform.tenant("starter");
        try (TestSocket socket = Dashboards.open(tenant)) {
            dynamoDb.deleteItem(delete ->
                    delete.tableName(Table.TENANTS.tableName())
                            .key(
                                    Item.key(
                                            Table.TENANTS,
                                            TenantKeys.tenant(new TenantId(tenant)),
                                            TenantKeys.RECORD)));
            assertThat(socket.awaitClose()).isEqualTo(4403);
        }
    }

    @Test
    void badFramesAreAnsweredAndHarmNothing() throws Exception {
        try (TestSocket socket = Dashboards.open(Platform.tenant("starter"))) {
            socket.send("nonsense");
            assertThat(socket.next("error").path("code").asText()).isEqualTo("invalid_json");
            socket.send("{\"type\":\"publish\",\"subject\":\"a\",\"data\":1,\"id\":\"p\"}");
            JsonNode unknown = socket.next("error");
            assertThat(unknown.path("code").asText()).isEqualTo("unknown_type");
            assertThat(unknown.path("id").asText()).isEqualTo("p");
            socket.sendBinary(new byte[] {1});
            assertThat(socket.next("error").path("code").asText()).isEqualTo("invalid_request");
            for (int i = 0; i < 60; i++) {
                socket.send("{\"type\":\"ping\",\"id\":\"" + i + "\"}");
            }
            for (int i = 0; i < 60; i++) {
                assertThat(socket.next("pong").path("id").asText()).isEqualTo("" + i);
            }
            socket.send("{\"type\":\"ping\",\"x\":\"" + "x".repeat(20_000) + "\"}");
            assertThat(socket.next("error").path("code").asText()).isEqualTo("too_large");
            assertThat(socket.awaitClose()).isEqualTo(4413);
        }
    }

    private static void refresh(TestSocket socket, String token, String code) {
        socket.send("{\"type\":\"refresh\",\"token\":\"" + token + "\"}");
        assertThat(socket.next("error").path("code").asText()).isEqualTo(code);
    }

    private Map<String, String> hostile(String tenant) throws Exception {
        String good = Dashboards.token(tenant);
        String[] parts = good.split("\\.", -1);
        String kid =
                new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(stack.keysDirectory().resolve("jwks.json").toFile())
                        .at("/keys/0/kid")
                        .asText();
        Map<String, String> hostile = new LinkedHashMap<>();
        hostile.put("nonsense", "x");
        hostile.put("none", base64("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        hostile.put("no signature", parts[0] + "." + parts[1] + ".");
        hostile.put("another's signature", parts[0] + "." + parts[1] + "." + base64("x"));
        String input = base64("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}") + "." + parts[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(
                new SecretKeySpec(
                        Files.readAllBytes(stack.keysDirectory().resolve("jwks.json")),
                        "HmacSHA256"));
        hostile.put(
                "public key as a secret",
                input
                        + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(
                                        mac.doFinal(input.getBytes(StandardCharsets.UTF_8))));
        hostile.put(
                "expired",
                TokenIssuer.in(
                                stack.keysDirectory(),
                                Clock.offset(Clock.systemUTC(), Duration.ofHours(-2)))
                        .token(TokenRequest.operator("olga")));
        return hostile;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidatableResponse knock(RequestSpecification as, String query) {
        return as.urlEncodingEnabled(false)
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .get("/api/v1/ws/dashboard" + query)
                .then();
    }
}
