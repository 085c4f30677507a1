package ai.artcafe.gateway.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SshIdentity;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.NKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who fails again and again waits longer and longer, and nobody else does. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class FailedAttemptsIT {

    private static final int FREE = 5;

    @Inject MeterRegistry meters;

    @Test
    void at_the_websocket_door_it_is_told_when_to_come_back() {
        String tenant = Platform.tenant("free");
        Platform.Agent agent = Platform.sshAgent(tenant);
        String challenge = agent.challenge();
        String wrong = SshIdentity.create().sign(challenge);
        for (int i = 0; i <= FREE; i++) {
            verify(agent, challenge, wrong).statusCode(401);
        }

        String retryAfter =
                verify(agent, challenge, wrong)
                        .statusCode(429)
                        .body("code", equalTo("limit_exceeded"))
                        .extract()
                        .header("Retry-After");

        assertThat(Integer.parseInt(retryAfter)).isBetween(1, 61);
        try (TestSocket other = Platform.sshAgent(tenant).connect()) {
            other.hasNothingElse();
        }
    }

    @Test
    void at_the_nats_door_the_refusal_comes_later_and_the_right_key_at_once() throws Exception {
        Platform.NatsAgent agent = Platform.natsAgent(Platform.tenant("free"));
        double before = slowed();
        for (int i = 0; i <= FREE; i++) {
            assertThat(Platform.refusal(wrongly(agent))).contains("Authorization Violation");
        }
        assertThat(slowed()).isGreaterThan(before);

        try (Connection connection = agent.connect()) {
            assertThat(connection.getStatus()).isEqualTo(Connection.Status.CONNECTED);
        }
    }

    private double slowed() {
        return meters.find("artcafe.auth.slowed").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static AuthHandler wrongly(Platform.NatsAgent agent) throws Exception {
        NKey other = NKey.createUser(null);
        return new AuthHandler() {
            @Override
            public byte[] sign(byte[] nonce) {
                return new Platform.Signing(other).sign(nonce);
            }

            @Override
            public char[] getID() {
                return new Platform.Signing(agent.key()).getID();
            }

            @Override
            public char[] getJWT() {
                return null;
            }
        };
    }

    private static ValidatableResponse verify(
            Platform.Agent agent, String challenge, String signature) {
        return given().contentType(ContentType.JSON)
                .body(
                        Map.of(
                                "tenant_id",
                                agent.tenant(),
                                "agent_id",
                                agent.id(),
                                "challenge",
                                challenge,
                                "signature",
                                signature))
                .post("/api/v1/auth/agent/verify")
                .then();
    }
}
