package ai.artcafe.gateway.excess;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.excess.store.Strikes;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.model.limit.OverLimit.Kind;
import ai.artcafe.model.subject.PlatformSubjects;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tracker's notices do to an agent, with the test in the place of the tracker. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ExcessIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long WINDOW = 1000;

    @Inject ObjectMapper json;
    @Inject Seen seen;
    @Inject Strikes strikes;

    private Connection tracker;

    /** Sees who is cut off. */
    @ApplicationScoped
    static class Seen {
        private final Queue<AgentCutOff> cutOffs = new ConcurrentLinkedQueue<>();

        void take(@Observes AgentCutOff cutOff) {
            cutOffs.add(cutOff);
        }

        List<AgentCutOff> of(String agent) {
            return cutOffs.stream().filter(each -> each.agent().value().equals(agent)).toList();
        }
    }

    @BeforeEach
    void join() throws Exception {
        tracker = Platform.connectAs("tracker");
    }

    @AfterEach
    void leave() throws Exception {
        tracker.close();
    }

    @Test
    void who_is_over_a_limit_is_warned_and_who_goes_on_is_cut_off_and_refused() throws Exception {
        String tenant = Platform.tenant("free");
        Platform.NatsAgent agent = Platform.natsAgent(tenant);
        try (Connection connection = agent.connect()) {
            Subscription limits =
                    connection.subscribe("tenant." + tenant + ".agent." + agent.id() + ".limits");
            connection.flush(SOON);

            tell(tenant, agent.id(), WINDOW);
            JsonNode warning = json.readTree(next(limits).getData());
            assertThat(warning.path("code").asText()).isEqualTo("limit_exceeded");
            assertThat(warning.path("limit").asText()).isEqualTo("agent_messages_per_second");
            assertThat(warning.path("observed").asLong()).isEqualTo(99);
            assertThat(warning.path("allowed").asLong()).isEqualTo(10);
            assertThat(warning.path("disconnected").asBoolean()).isFalse();
            assertThat(seen.of(agent.id())).isEmpty();

            tell(tenant, agent.id(), WINDOW); // told twice is told once
            tell(tenant, agent.id(), WINDOW + 1);
            JsonNode last = json.readTree(next(limits).getData());
            assertThat(last.path("disconnected").asBoolean()).isTrue();
            assertThat(last.path("retry_after_ms").asLong()).isEqualTo(5000);
        }
        await().atMost(SOON).until(() -> !seen.of(agent.id()).isEmpty());
        assertThat(seen.of(agent.id()).getFirst().reason()).isEqualTo(EndReason.RATE_EXCEEDED);
        assertThat(Platform.refusal(new Platform.Signing(agent.key()))).isNotEqualTo("welcome");
    }

    @Test
    void it_is_refused_at_the_websocket_door_too() {
        String tenant = Platform.tenant("free");
        Platform.Agent agent = Platform.sshAgent(tenant);
        for (long window = WINDOW; window < WINDOW + 11; window++) {
            strikes.strike(excess(tenant, agent.id(), Kind.MESSAGES_PER_DAY), window);
        }
        String challenge = agent.challenge();

        given().header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .get(
                        "/ws/agent/%s?tenant_id=%s&challenge=%s&signature=%s"
                                .formatted(
                                        agent.id(),
                                        tenant,
                                        challenge,
                                        URLEncoder.encode(
                                                agent.key().sign(challenge),
                                                StandardCharsets.UTF_8)))
                .then()
                .statusCode(429)
                .body("code", equalTo("quota_exceeded"))
                .extract()
                .header("Retry-After");
    }

    @Test
    void each_time_it_is_refused_for_twice_as_long_and_a_window_counts_once() {
        String tenant = Platform.tenant("free");
        OverLimit.Excess excess = excess(tenant, "some-agent", Kind.AGENT_MESSAGES_PER_SECOND);

        assertThat(strikes.strike(excess, 7)).isEqualTo(new Sentence.Warned());
        assertThat(strikes.strike(excess, 7)).isEqualTo(new Sentence.Done());
        assertThat(strikes.strike(excess, 6)).isEqualTo(new Sentence.Done());
        assertThat(strikes.backOff(excess.tenantId(), excess.agentId())).isEmpty();
        assertThat(strikes.strike(excess, 8)).isEqualTo(new Sentence.CutOff(Duration.ofSeconds(5)));
        // of what it sent before it was cut off
        assertThat(strikes.strike(excess, 9)).isEqualTo(new Sentence.Done());
        assertThat(strikes.backOff(excess.tenantId(), excess.agentId()))
                .hasValueSatisfying(backOff ->
                        assertThat(backOff.left()).isBetween(Duration.ZERO, Duration.ofSeconds(5)));
        // still connected: it is cut off again, and refused for no longer
        assertThat(strikes.strike(excess, 10))
                .isInstanceOfSatisfying(
                        Sentence.CutOff.class,
                        again ->
                                assertThat(again.backOff())
                                        .isLessThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @Test
    void no_agent_speaks_in_the_platform_s_place() throws Exception {
        String tenant = Platform.tenant("free");
        Platform.NatsAgent agent = Platform.natsAgent(tenant);
        try (Connection reader = agent.connect();
                Connection liar = Platform.natsAgent(tenant).connect();
                TestSocket socket = Platform.sshAgent(tenant).connect()) {
            Subscription all = reader.subscribe("tenant." + tenant + ".agent.>");
            Subscription older = reader.subscribe(tenant + ".agent.>");
            reader.flush(SOON);
            for (String form : List.of("tenant." + tenant, "agents." + tenant, tenant)) {
                liar.publish(form + ".agent." + agent.id() + ".limits", new byte[] {'1'});
                socket.send(
                        "{\"type\":\"publish\",\"subject\":\""
                                + form
                                + ".agent.x.limits\",\"data\":1}");
                assertThat(socket.next("error").path("code").asText())
                        .isEqualTo("forbidden_subject");
            }
            liar.publish("tenant." + tenant + ".agent.x.done", new byte[] {'2'});
            liar.flush(SOON);
            assertThat(next(all).getSubject()).endsWith(".done");
            assertThat(older.nextMessage(Duration.ofMillis(1))).isNull();
        }
    }

    private static Message next(Subscription subscription) throws InterruptedException {
        Message message = subscription.nextMessage(SOON);
        assertThat(message).isNotNull();
        return message;
    }

    private void tell(String tenant, String agent, long window) throws Exception {
        tracker.publish(
                PlatformSubjects.OVER_LIMIT,
                json.writeValueAsBytes(
                        new OverLimit(
                                OverLimit.VERSION,
                                window,
                                Instant.EPOCH,
                                List.of(excess(tenant, agent, Kind.AGENT_MESSAGES_PER_SECOND)))));
        tracker.flush(SOON);
    }

    private static OverLimit.Excess excess(String tenant, String agent, Kind kind) {
        return new OverLimit.Excess(new TenantId(tenant), new AgentId(agent), kind, 99, 10);
    }
}
