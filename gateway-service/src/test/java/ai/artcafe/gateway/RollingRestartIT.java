package ai.artcafe.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways, as processes, that are ended one after the other while agents publish. */
class RollingRestartIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PUBLISHERS = 8;
    private static final int ENOUGH = 100;

    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final Set<String> received = ConcurrentHashMap.newKeySet();
    private final AtomicLong deliveries = new AtomicLong();
    private LocalStack stack;

    @BeforeEach
    void startStack() {
        stack = LocalStack.builder().with(Backing.NATS, Backing.DYNAMODB).inMemory().start();
        System.setProperty("artcafe.nats.url", stack.natsUrl().toString());
        System.setProperty("artcafe.nats.keys-directory", stack.keysDirectory().toString());
    }

    @AfterEach
    void stopStack() {
        stack.close();
        System.clearProperty("artcafe.nats.url");
        System.clearProperty("artcafe.nats.keys-directory");
        RestAssured.reset();
    }

    @Test
    void noAcknowledgedMessageIsLostAndAllAreCounted() throws Exception {
        try (Connection tracker = Platform.connectAs("tracker");
                SecondGateway first = SecondGateway.start(stack, Map.of())) {
            acknowledgeReadings(tracker);
            RestAssured.port = first.port();
            String tenant = Platform.tenant("enterprise");
            List<Platform.Agent> agents = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                agents.add(Platform.sshAgent(tenant));
            }
            Platform.NatsAgent consumer = Platform.natsAgent(tenant);
            try (Connection nats = consumer.connect()) {
                nats.createDispatcher(
                                message -> {
                                    deliveries.incrementAndGet();
                                    received.add(message.getHeaders().getFirst("Nats-Msg-Id"));
                                })
                        .subscribe("tenant." + tenant + ".work");
                nats.flush(PATIENCE);
                List<Publisher> publishers =
                        agents.stream()
                                .map(agent -> new Publisher(agent, new AtomicReference<>(first)))
                                .toList();
                publishers.forEach(Publisher::start);
                awaitMore(publishers);

                try (SecondGateway second = SecondGateway.start(stack, Map.of())) {
                    RestAssured.port = second.port();
                    publishers.forEach(publisher -> publisher.next.set(second));
                    first.stop();
                    assertThat(first.hasEnded(PATIENCE)).isTrue();
                    awaitMore(publishers);

                    publishers.forEach(Publisher::finish);
                    for (Publisher publisher : publishers) {
                        assertThat(publisher.thread.join(PATIENCE)).isTrue();
                    }
                    second.stop();
                    assertThat(second.hasEnded(PATIENCE)).isTrue();
                }

                assertThat(publishers).allSatisfy(this::saidWhenToComeBack);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(missing(publishers)).isEmpty());
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(counted()).isEqualTo(deliveries.get()));
            }
        }
    }

    private Set<String> missing(List<Publisher> publishers) {
        Set<String> missing = new HashSet<>();
        publishers.forEach(publisher -> missing.addAll(publisher.acknowledged));
        missing.removeAll(received);
        return missing;
    }

    private void saidWhenToComeBack(Publisher publisher) {
        assertThat(publisher.hints).isNotEmpty().allMatch(hint -> hint > 0);
    }

    private static void awaitMore(List<Publisher> publishers) {
        List<Integer> before =
                publishers.stream().map(publisher -> publisher.acknowledged.size()).toList();
        await().atMost(PATIENCE)
                .until(() -> {
                    for (int i = 0; i < before.size(); i++) {
                        if (publishers.get(i).acknowledged.size() < before.get(i) + ENOUGH) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private void acknowledgeReadings(Connection tracker) {
        tracker.createDispatcher(
                        message -> {
                            for (JsonNode reading : read(message.getData()).path("readings")) {
                                published.merge(
                                        reading.path("connection_id").asText(),
                                        reading.path("counters").path("in_messages").asLong(),
                                        Math::max);
                            }
                            tracker.publish(
                                    message.getReplyTo(), "+ACK".getBytes(StandardCharsets.UTF_8));
                        })
                .subscribe(PlatformSubjects.GATEWAY_READINGS, PlatformSubjects.TRACKER_QUEUE);
    }

    private long counted() {
        return published.values().stream().mapToLong(Long::longValue).sum();
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes one message after the other, each until it is acknowledged. */
    private static final class Publisher {
        private static final HttpClient HTTP = HttpClient.newHttpClient();

        private final Platform.Agent agent;
        private final AtomicReference<SecondGateway> next;
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final Set<Long> hints = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean finishing = new AtomicBoolean();
        private final Thread thread = Thread.ofVirtual().unstarted(this::publish);

        Publisher(Platform.Agent agent, AtomicReference<SecondGateway> next) {
            this.agent = agent;
            this.next = next;
        }

        void start() {
            thread.start();
        }

        void finish() {
            finishing.set(true);
        }

        private void publish() {
            Line line = connect();
            for (int n = 0; !finishing.get(); n++) {
                String id = agent.id() + "-" + n;
                while (!line.publish(id)) {
                    line = connect();
                }
                acknowledged.add(id);
            }
            line.socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }

        private Line connect() {
            AtomicReference<Line> line = new AtomicReference<>();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> {
                        line.set(new Line(this, next.get().port()));
                        return true;
                    });
            return line.get();
        }
    }

    /** One connection of a publisher. */
    private static final class Line implements WebSocket.Listener {
        private final Publisher publisher;
        private final WebSocket socket;
        private final StringBuilder text = new StringBuilder();
        private final Map<String, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();
        private volatile boolean closed;

        Line(Publisher publisher, int port) {
            this.publisher = publisher;
            String challenge = publisher.agent.challenge();
            this.socket =
                    Publisher.HTTP
                            .newWebSocketBuilder()
                            .buildAsync(
                                    URI.create(
                                            "ws://localhost:%d/ws/agent/%s?tenant_id=%s&challenge=%s&signature=%s"
                                                    .formatted(
                                                            port,
                                                            publisher.agent.id(),
                                                            publisher.agent.tenant(),
                                                            challenge,
                                                            URLEncoder.encode(
                                                                    publisher
                                                                            .agent
                                                                            .key()
                                                                            .sign(challenge),
                                                                    StandardCharsets.UTF_8))),
                                    this)
                            .join();
        }

        /** Whether it was acknowledged; false when the connection has ended. */
        boolean publish(String id) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            waiting.put(id, answer);
            if (closed) {
                return false;
            }
            try {
                socket.sendText(
                                "{\"type\":\"publish\",\"subject\":\"work\",\"data\":1,\"id\":\""
                                        + id
                                        + "\"}",
                                true)
                        .join();
                return answer.completeOnTimeout(false, 30, TimeUnit.SECONDS).join();
            } catch (RuntimeException e) {
                return false;
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode frame = read(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
                if (frame.path("type").asText().equals("ack")) {
                    answer(frame.path("id").asText(), true);
                } else if (frame.path("code").asText().equals("draining")) {
                    publisher.hints.add(frame.path("retry_after_ms").asLong());
                } else if (frame.path("type").asText().equals("error")) {
                    answer(frame.path("id").asText(), false);
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end();
        }

        private void end() {
            closed = true;
            waiting.values().forEach(answer -> answer.complete(false));
        }

        private void answer(String id, boolean acknowledged) {
            CompletableFuture<Boolean> answer = waiting.remove(id);
            if (answer != null) {
                answer.complete(acknowledged);
            }
        }
    }
}
