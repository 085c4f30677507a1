package ai.artcafe.gateway.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.RawSocket;
import ai.artcafe.gateway.SecondGateway;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.testing.KeyServer;
import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that bears little, and whose issuer is away when it starts. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class StrictGatewayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRONG_TOKENS = 10;
    private static final int ISSUER = new FreePorts().next();

    /** Set by the test resource. */
    LocalStack stack;

    private SecondGateway gateway;
    private String tenant;

    @BeforeEach
    void start() {
        tenant = Platform.tenant("starter");
        gateway =
                SecondGateway.start(
                        stack,
                        Map.of(
                                "ARTCAFE_JWT_JWKS_LOCATION",
                                KeyServer.url(ISSUER),
                                "ARTCAFE_GATEWAY_AUTH_LIMITS_BAD_TOKENS_BURST",
                                Integer.toString(WRONG_TOKENS),
                                "ARTCAFE_GATEWAY_AUTH_LIMITS_BAD_TOKENS_PER_MINUTE",
                                "1",
                                "ARTCAFE_HTTP_HEAD_TIMEOUT",
                                "2s"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** In one go, as a gateway takes seconds to start. */
    @Test
    void itRefusesWhomItShouldAndNobodyElse() throws Exception {
        withoutKeysNobodyIsRefused();
        try (KeyServer _ = KeyServer.open(ISSUER, stack.keysDirectory())) {
            await().atMost(PATIENCE).untilAsserted(() -> rest(token()).statusCode(200));
        }
        keysThatAreKnownOutliveTheIssuer();
        whoShowsTooManyWrongTokensWaitsAndWhoWasHereDoesNot();
        slowHeadsEndAndSocketsStay();
    }

    private void withoutKeysNobodyIsRefused() {
        for (int i = 0; i < 2 * WRONG_TOKENS; i++) {
            away(rest(token()));
        }
        for (String path : new String[] {"/ws/dashboard", "/api/v1/ws/dashboard"}) {
            away(dashboard(path, token()));
        }
        given().port(gateway.port())
                .get("/health/well")
                .then()
                .body("checks.find { it.name == 'issuer' }.status", equalTo("DOWN"));
        given().port(gateway.port()).get("/health/ready").then().statusCode(200);
    }

    private static void away(ValidatableResponse answer) {
        answer.statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("unavailable"));
    }

    private void keysThatAreKnownOutliveTheIssuer() {
        rest(token()).statusCode(200);
        openDashboard(token());
    }

    private void whoShowsTooManyWrongTokensWaitsAndWhoWasHereDoesNot() {
        String known = token();
        rest(known).statusCode(200);
        for (int i = 0; i < WRONG_TOKENS; i++) {
            (i % 2 == 0 ? rest("wrong-" + i) : dashboard("/ws/dashboard", "wrong-" + i))
                    .statusCode(401);
        }
        tooMany(rest("another"));
        tooMany(dashboard("/ws/dashboard", "another"));
        tooMany(rest(token()));
        rest(known).statusCode(200);
        openDashboard(known);
        assertThat(given().port(gateway.port()).get("/q/metrics").asString())
                .contains("artcafe_auth_tokens_total")
                .containsPattern("door=\"rest\",outcome=\"limit_exceeded\"} [12]");
    }

    private static void tooMany(ValidatableResponse answer) {
        answer.statusCode(429)
                .header("Retry-After", matchesRegex("[1-9][0-9]?"))
                .body("code", equalTo("limit_exceeded"));
    }

    private void slowHeadsEndAndSocketsStay() throws Exception {
        try (TestSocket agent = Platform.sshAgent(tenant).connect(gateway.port());
                RawSocket slow = RawSocket.connect(gateway.port());
                RawSocket silent = RawSocket.connect(gateway.port())) {
            slow.send("GET /ws/dashboard HTTP/1.1\r\nHost: localh");
            for (RawSocket each : new RawSocket[] {slow, silent}) {
                agent.send("{\"type\":\"ping\"}");
                agent.next("pong");
                assertThat(each.awaitEnd()).isEmpty();
            }
            agent.send("{\"type\":\"ping\"}");
            agent.next("pong");
        }
    }

    private ValidatableResponse rest(String token) {
        return given().port(gateway.port())
                .header("Authorization", "Bearer " + token)
                .get("/api/v1/agents")
                .then();
    }

    private ValidatableResponse dashboard(String path, String token) {
        Response answer =
                given().port(gateway.port())
                        .header("Authorization", "Bearer " + token)
                        .header("Connection", "Upgrade")
                        .header("Upgrade", "websocket")
                        .header("Sec-WebSocket-Version", "13")
                        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                        .get(path);
        return answer.then();
    }

    private void openDashboard(String token) {
        try (TestSocket socket =
                TestSocket.dashboard(
                        gateway.port(),
                        "",
                        settings -> settings.header("Authorization", "Bearer " + token))) {
            socket.next("welcome");
        }
    }

    /** A new one each time: none is remembered. */
    private String token() {
        return Platform.token(TokenRequest.member("vera", new TenantId(tenant), Role.VIEWER));
    }
}
