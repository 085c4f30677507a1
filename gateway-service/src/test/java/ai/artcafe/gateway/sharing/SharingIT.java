package ai.artcafe.gateway.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.subject.PlatformSubjects;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway under test and another one, of which there is only what it says on the bus. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class SharingIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Queue<LimitShare> heard = new ConcurrentLinkedQueue<>();
    private Connection other;

    @Inject ObjectMapper json;

    @BeforeEach
    void join() throws Exception {
        other = Platform.connectAs("gateway");
        other.createDispatcher(message -> heard.add(read(message.getData())))
                .subscribe(PlatformSubjects.SHARED_LIMITS);
        other.flush(SOON);
    }

    @AfterEach
    void leave() throws Exception {
        other.close();
    }

    @Test
    void the_others_are_told_what_was_let_through_and_by_which_ids() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("free"));
        try (TestSocket socket = agent.connect()) {
            for (int i = 0; i < 3; i++) {
                socket.send(publish("m-" + i)).next("ack");
            }
            await().atMost(SOON)
                    .untilAsserted(() -> {
                        assertThat(sum(LimitShare::agents, agent.id())).isEqualTo(3);
                        assertThat(sum(LimitShare::tenants, agent.tenant())).isEqualTo(3);
                        assertThat(ids(agent.id())).containsExactly("m-0", "m-1", "m-2");
                    });
        }
    }

    @Test
    void an_id_that_was_published_elsewhere_is_acknowledged_and_not_delivered_again() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("enterprise"));
        try (TestSocket reader = Platform.sshAgent(agent.tenant()).connect().subscribe("x");
                TestSocket socket = agent.connect()) {
            tell(Map.of(), Map.of(agent.id(), List.of("told")));
            awaitThatItIsTakenIn();

            socket.send(publish("told")).next("ack");
            socket.send(publish("fresh")).next("ack");

            assertThat(reader.next("message").path("data").asText()).isEqualTo("fresh");
            reader.hasNothingElse();
        }
    }

    /** Shares are taken in one after the other: one of a limited agent behind it shows it. */
    private void awaitThatItIsTakenIn() {
        Platform.Agent limited = Platform.sshAgent(Platform.tenant("free"));
        try (TestSocket socket = limited.connect()) {
            awaitRefusal(limited, socket);
        }
    }

    @Test
    void what_was_let_through_elsewhere_is_missing_here() {
        Platform.Agent agent = Platform.sshAgent(Platform.tenant("free"));
        try (TestSocket socket = agent.connect()) {
            awaitRefusal(agent, socket);
        }
    }

    @Test
    void what_is_no_share_is_ignored() {
        other.publish(PlatformSubjects.SHARED_LIMITS, "junk".getBytes(StandardCharsets.UTF_8));
        other.publish(PlatformSubjects.SHARED_LIMITS, new byte[0]);
        send(new LimitShare(99, "gw-other", 1, Map.of(), Map.of(), Map.of()));
        send(new LimitShare(1, "gw-other", 1, Map.of(), Map.of(), Map.of("No Agent", List.of(""))));

        Platform.Agent agent = Platform.sshAgent(Platform.tenant("free"));
        try (TestSocket socket = agent.connect()) {
            awaitRefusal(agent, socket);
        }
    }

    private void awaitRefusal(Platform.Agent agent, TestSocket socket) {
        await().atMost(SOON)
                .until(() -> {
                    tell(Map.of(agent.id(), 1000L), Map.of());
                    String answer = socket.send(publish("x")).nextText();
                    return answer.contains("limit_exceeded");
                });
    }

    private void tell(Map<String, Long> agents, Map<String, List<String>> ids) {
        send(new LimitShare(LimitShare.VERSION, "gw-other", 1, agents, Map.of(), ids));
    }

    private void send(LimitShare share) {
        try {
            other.publish(PlatformSubjects.SHARED_LIMITS, json.writeValueAsBytes(share));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String publish(String id) {
        return "{\"type\":\"publish\",\"subject\":\"x\",\"data\":\""
                + id
                + "\",\"id\":\""
                + id
                + "\"}";
    }

    private long sum(Function<LimitShare, Map<String, Long>> part, String id) {
        return heard.stream().mapToLong(share -> part.apply(share).getOrDefault(id, 0L)).sum();
    }

    private List<String> ids(String agent) {
        return heard.stream()
                .flatMap(share -> share.ids().getOrDefault(agent, List.of()).stream())
                .toList();
    }

    private LimitShare read(byte[] payload) {
        try {
            return json.readValue(payload, LimitShare.class);
        } catch (IOException e) {
            return new LimitShare(0, "", 0, Map.of(), Map.of(), Map.of());
        }
    }
}
