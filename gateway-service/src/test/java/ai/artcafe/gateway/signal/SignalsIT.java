package ai.artcafe.gateway.signal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.SshIdentity;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.signal.GatewaySignals;
import ai.artcafe.model.subject.PlatformSubjects;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.NKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the trackers hear of a gateway's agents, on the real bus. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class SignalsIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Queue<GatewaySignals> heard = new ConcurrentLinkedQueue<>();
    private Connection tracker;

    @Inject ObjectMapper json;

    @BeforeEach
    void listen() throws Exception {
        tracker = Platform.connectAs("tracker");
        tracker.createDispatcher(message -> heard.add(read(message.getData())))
                .subscribe(PlatformSubjects.GATEWAY_SIGNALS, PlatformSubjects.TRACKER_QUEUE);
        tracker.flush(SOON);
    }

    @AfterEach
    void leave() throws Exception {
        tracker.close();
    }

    @Test
    void a_heartbeat_is_passed_on_as_the_agent_sent_it() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("professional"));
        String frame = "{\"type\":\"heartbeat\",\"status\":\"degraded\",\"metrics\":{\"cpu\":0.5}}";
        try (TestSocket socket = agent.connect()) {
            socket.send(frame).next("heartbeat_ack");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(heartbeats(agent.id())).isNotEmpty());
        }
        GatewaySignals.Heartbeat beat = heartbeats(agent.id()).getFirst();
        assertThat(beat.tenantId().value()).isEqualTo(agent.tenant());
        assertThat(beat.frame()).hasValue(frame);
    }

    @Test
    void of_a_large_heartbeat_only_that_it_came_is_passed_on() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("professional"));
        try (TestSocket socket = agent.connect()) {
            socket.send("{\"type\":\"heartbeat\",\"x\":\"" + "x".repeat(5000) + "\"}")
                    .next("heartbeat_ack");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(heartbeats(agent.id())).isNotEmpty());
        }
        assertThat(heartbeats(agent.id()).getFirst().frame()).isEmpty();
    }

    @Test
    void refused_frames_and_requests_without_an_answer_are_told() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("professional"));
        try (TestSocket socket = agent.connect()) {
            socket.send("{\"type\":\"nonsense\"}").next("error");
            socket.send("{\"type\":\"publish\",\"subject\":\"tenant.other.x\",\"data\":1}")
                    .next("error");
            socket.send(
                            "{\"type\":\"request\",\"id\":\"r\",\"subject\":\"nobody\",\"data\":1,"
                                    + "\"timeout_ms\":50}")
                    .next("error");
            await().atMost(SOON)
                    .untilAsserted(() -> {
                        assertThat(errors(agent.id(), ErrorSignal.REFUSED)).isEqualTo(2);
                        assertThat(errors(agent.id(), ErrorSignal.TIMEOUT)).isEqualTo(1);
                    });
        }
    }

    @Test
    void failed_logins_at_both_doors_are_told_of_agents_that_exist_only() throws Exception {
        String tenant = Platform.tenant("professional");
        Platform.Agent agent = Platform.sshAgent(tenant);
        Platform.NatsAgent direct = Platform.natsAgent(tenant);
        String stranger = "a-stranger";

        answerWrongly(agent.tenant(), agent.id(), agent.challenge());
        answerWrongly(tenant, stranger, "x".repeat(43));
        NKey other = NKey.createUser(null);
        Platform.refusal(
                new AuthHandler() {
                    @Override
                    public byte[] sign(byte[] nonce) {
                        return new Platform.Signing(other).sign(nonce);
                    }

                    @Override
                    public char[] getID() {
                        return new Platform.Signing(direct.key()).getID();
                    }

                    @Override
                    public char[] getJWT() {
                        return null;
                    }
                });

        await().atMost(SOON)
                .untilAsserted(() -> {
                    assertThat(errors(agent.id(), ErrorSignal.AUTH_FAILED)).isPositive();
                    assertThat(errors(direct.id(), ErrorSignal.AUTH_FAILED)).isPositive();
                });
        assertThat(errors(stranger, ErrorSignal.AUTH_FAILED)).isZero();
    }

    private static void answerWrongly(String tenant, String agent, String challenge) {
        given().contentType(ContentType.JSON)
                .body(
                        Map.of(
                                "tenant_id", tenant,
                                "agent_id", agent,
                                "challenge", challenge,
                                "signature", SshIdentity.create().sign(challenge)))
                .post("/api/v1/auth/agent/verify")
                .then()
                .statusCode(401);
    }

    private List<GatewaySignals.Heartbeat> heartbeats(String agent) {
        return heard.stream()
                .flatMap(batch -> batch.heartbeats().stream())
                .filter(beat -> beat.agentId().value().equals(agent))
                .toList();
    }

    private long errors(String agent, ErrorSignal kind) {
        return heard.stream()
                .flatMap(batch -> batch.errors().stream())
                .filter(error -> error.kind() == kind)
                .filter(error -> error.agentId().filter(id -> id.value().equals(agent)).isPresent())
                .mapToLong(GatewaySignals.Errors::count)
                .sum();
    }

    private GatewaySignals read(byte[] payload) {
        try {
            return json.readValue(payload, GatewaySignals.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
