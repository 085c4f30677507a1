package ai.artcafe.gateway.door;

import static ai.artcafe.gateway.TestSocket.address;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SshIdentity;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class ChallengeIT {

    @Test
    void aUsedChallengeIsRefusedAtEveryDoor() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("enterprise"));
        String challenge = agent.challenge();
        String signature = agent.key().sign(challenge);

        verify(agent.tenant(), agent.id(), challenge, signature)
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("agent_id", equalTo(agent.id()));

        verify(agent.tenant(), agent.id(), challenge, signature)
                .statusCode(401)
                .body("code", equalTo("invalid_challenge"));
        knock(agent.tenant(), agent.id(), challenge, signature)
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_challenge"));
    }

    @Test
    void aForgedSignatureIsRefusedAndDoesNotBurnTheChallenge() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("enterprise"));
        String challenge = agent.challenge();

        for (String forged :
                new String[] {
                    "junk",
                    "AAAA",
                    SshIdentity.create().sign(challenge),
                    agent.key().sign("another text")
                }) {
            knock(agent.tenant(), agent.id(), challenge, forged)
                    .statusCode(401)
                    .body("code", equalTo("invalid_signature"));
        }

        try (TestSocket socket =
                TestSocket.open(
                        agent.tenant(), agent.id(), challenge, agent.key().sign(challenge))) {
            socket.hasNothingElse();
        }
    }

    @Test
    void anUnknownAgentLooksLikeOneWithAWrongSignature() {
        Platform.Agent known = Platform.sshAgent(Platform.tenant("enterprise"));
        for (String tenant : new String[] {known.tenant(), "no-such-tenant"}) {
            String challenge =
                    given().header("X-Tenant-Id", tenant)
                            .get("/api/v1/agents/nobody/challenge")
                            .then()
                            .statusCode(200)
                            .body("challenge", matchesPattern("[A-Za-z0-9_-]{43}"))
                            .body("expires_at", notNullValue())
                            .extract()
                            .path("challenge");
            knock(tenant, "nobody", challenge, known.key().sign(challenge))
                    .statusCode(401)
                    .body("code", equalTo("invalid_signature"));
        }
    }

    @Test
    void aChallengeOfAnotherAgentOrTenantIsRefused() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("enterprise"));
        Platform.Agent other = Platform.sshAgent(agent.tenant());
        String challenge = other.challenge();
        knock(agent.tenant(), agent.id(), challenge, agent.key().sign(challenge))
                .statusCode(401)
                .body("code", equalTo("invalid_challenge"));
        knock("elsewhere", other.id(), challenge, other.key().sign(challenge))
                .statusCode(401)
                .body("code", equalTo("invalid_challenge"));
    }

    @Test
    void aDisabledAgentIsRefusedAndItsSocketCloses() throws Exception {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("enterprise"));
        TestSocket socket = agent.connect();
        Platform.as(agent.tenant(), Role.ADMIN)
                .body(Map.of("status", "disabled"))
                .patch("/api/v1/agents/" + agent.id())
                .then()
                .statusCode(200)
                .body("status", equalTo("disabled"));
        assertThat(socket.awaitClose()).isEqualTo(4403);

        String challenge = agent.challenge();
        knock(agent.tenant(), agent.id(), challenge, agent.key().sign(challenge))
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void missingAndMalformedParametersAreNamed() {
        knock("t", "a", "", "").statusCode(401).body("code", equalTo("invalid_challenge"));
        knock("T!", "a", "x", "y").statusCode(400).body("code", equalTo("invalid_request"));
        knock("t", "A!", "x", "y").statusCode(400).body("code", equalTo("invalid_request"));
        upgrade("/ws/agent/a").statusCode(401).body("code", equalTo("unauthenticated"));
        given().get("/ws/agent/a").then().statusCode(400).body("code", equalTo("invalid_request"));
        given().contentType(ContentType.JSON)
                .body(Map.of("agent_id", "a"))
                .post("/api/v1/agents/auth/challenge")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void whoAsksTooOftenForOneAgentIsToldWhenToComeBack() {
        int burst = 60;
        int answered = 0;
        Response response = askForChallenge();
        while (response.statusCode() == 200 && answered < 10 * burst) {
            answered++;
            response = askForChallenge();
        }
        assertThat(answered).isGreaterThanOrEqualTo(burst);
        response.then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("limit_exceeded"));
    }

    private static Response askForChallenge() {
        return given().header("X-Tenant-Id", "flooded").get("/api/v1/agents/flooded/challenge");
    }

    private static ValidatableResponse verify(
            String tenant, String agent, String challenge, String signature) {
        return given().contentType(ContentType.JSON)
                .body(
                        Map.of(
                                "tenant_id", tenant,
                                "agent_id", agent,
                                "challenge", challenge,
                                "signature", signature))
                .post("/api/v1/auth/agent/verify")
                .then();
    }

    private static ValidatableResponse knock(
            String tenant, String agent, String challenge, String signature) {
        String path =
                "/api/v1/ws/agent/"
                        + agent
                        + "?"
                        + address(tenant, "x", challenge, signature).getRawQuery();
        return upgrade(path);
    }

    private static ValidatableResponse upgrade(String path) {
        return given().urlEncodingEnabled(false)
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .get(path)
                .then();
    }
}
