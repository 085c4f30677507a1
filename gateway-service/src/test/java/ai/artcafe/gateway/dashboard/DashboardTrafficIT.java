package ai.artcafe.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.FrameContract;
import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.subject.PlatformSubjects;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a dashboard sees of its tenant, and that it sees no more. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class DashboardTrafficIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject MeterRegistry meters;

    @Test
    void aWatchedChannelIsSeenAndNoOther() throws Exception {
        String tenant = Platform.tenant("enterprise");
        Platform.Agent agent = Platform.sshAgent(tenant);
        try (TestSocket dashboard = Dashboards.open(tenant);
                TestSocket writer = agent.connect();
                Connection direct = Platform.natsAgent(tenant).connect()) {
            dashboard.send("{\"type\":\"subscribe_channel\",\"channel\":\"news\",\"id\":\"s\"}");
            assertThat(dashboard.next("subscribed").path("id").asText()).isEqualTo("s");

            writer.send("{\"type\":\"publish\",\"channel\":\"other\",\"data\":1}");
            writer.send("{\"type\":\"publish\",\"channel\":\"news\",\"data\":{\"n\": 1}}");
            JsonNode message = dashboard.next("channel_message");
            assertThat(message.path("channel").asText()).isEqualTo("news");
            assertThat(message.path("subject").asText())
                    .isEqualTo("tenant." + tenant + ".channel.news");
            assertThat(message.path("from").asText()).isEqualTo(agent.id());
            assertThat(message.path("gateway").asText()).isEqualTo("under-test");
            assertThat(message.path("data").toString()).isEqualTo("{\"n\":1}");
            assertThat(message.path("size").asInt()).isEqualTo(7);

            direct.publish(tenant + ".channel.news", new byte[] {1, 2});
            JsonNode bare = dashboard.next("channel_message");
            assertThat(bare.path("data_base64").asText()).isEqualTo("AQI=");
            assertThat(bare.has("latency_ms")).isFalse();
            assertThat(bare.has("gateway")).isFalse();

            dashboard.send("{\"type\":\"unsubscribe_channel\",\"channel\":\"news\"}");
            dashboard.next("unsubscribed");
            writer.send("{\"type\":\"publish\",\"channel\":\"news\",\"data\":2,\"id\":\"2\"}");
            writer.next("ack");
            dashboard.hasNothingElse();
        }
    }

    @Test
    void aPreviewShowsTheWayOfWhatPassesAndCutsItShort() {
        String tenant = Platform.tenant("enterprise");
        Platform.Agent agent = Platform.sshAgent(tenant);
        try (TestSocket dashboard = Dashboards.open(tenant);
                TestSocket writer = agent.connect()) {
            preview(dashboard, "tasks.>", 200);
            writer.send("{\"type\":\"publish\",\"subject\":\"else.new\",\"data\":0}");
            writer.send("{\"type\":\"publish\",\"subject\":\"tasks.new\",\"data\":{\"n\": 1}}");
            JsonNode preview = dashboard.next("preview");
            assertThat(preview.path("subject").asText())
                    .isEqualTo("tenant." + tenant + ".tasks.new");
            assertThat(preview.path("from").asText()).isEqualTo(agent.id());
            assertThat(preview.path("gateway").asText()).isEqualTo("under-test");
            assertThat(preview.path("latency_ms").isIntegralNumber()).isTrue();
            assertThat(preview.path("size").asInt()).isEqualTo(7);
            assertThat(preview.path("data").toString()).isEqualTo("{\"n\":1}");
            assertThat(preview.path("truncated").asBoolean()).isFalse();

            writer.send(
                    "{\"type\":\"publish\",\"subject\":\"tasks.new\",\"data\":\""
                            + "é".repeat(2000)
                            + "\"}");
            JsonNode cut = dashboard.next("preview");
            assertThat(cut.path("truncated").asBoolean()).isTrue();
            assertThat(cut.path("size").asInt()).isEqualTo(4002);
            assertThat(cut.path("text").asText()).isEqualTo("\"" + "é".repeat(511));
        }
    }

    @Test
    void moreThanAskedForIsSuppressedAndTold() {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket dashboard = Dashboards.open(tenant);
                TestSocket writer = Platform.sshAgent(tenant).connect()) {
            preview(dashboard, ">", 1);
            for (int i = 0; i < 100; i++) {
                writer.send("{\"type\":\"publish\",\"subject\":\"many\",\"data\":" + i + "}");
            }
            int shown = 0;
            JsonNode stats = null;
            while (stats == null
                    || stats.path("delivered").asInt() + stats.path("suppressed").asInt() < 100) {
                JsonNode frame = dashboard.next();
                if (frame.path("type").asText().equals("preview")) {
                    shown++;
                } else {
                    assertThat(frame.path("type").asText()).isEqualTo("preview_stats");
                    stats = frame;
                }
            }
            assertThat(stats.path("delivered").asInt()).isEqualTo(shown);
            assertThat(stats.path("suppressed").asInt()).isGreaterThan(0);
            assertThat(stats.path("dropped").asInt()).isZero();
        }
    }

    @Test
    void nothingOfAnotherTenantIsSeen() throws Exception {
        String tenant = Platform.tenant("enterprise");
        String other = Platform.tenant("enterprise");
        try (TestSocket dashboard = Dashboards.open(tenant);
                TestSocket foreign = Platform.sshAgent(other).connect();
                TestSocket own = Platform.sshAgent(tenant).connect()) {
            for (String pattern :
                    new String[] {
                        "tenant." + other + ".>",
                        "agents." + other + ".>",
                        "tenant.*.>",
                        "_INBOX.>",
                        "$SYS.>",
                        "_HEARTBEAT.>"
                    }) {
                dashboard.send(
                        "{\"type\":\"subscribe_topic_preview\",\"pattern\":\"" + pattern + "\"}");
                assertThat(dashboard.next("error").path("code").asText())
                        .as(pattern)
                        .isEqualTo("forbidden_subject");
            }
            dashboard.send("{\"type\":\"subscribe_topic_preview\",\"pattern\":\"a..b\"}");
            assertThat(dashboard.next("error").path("code").asText()).isEqualTo("invalid_subject");

            preview(dashboard, ">", 200);
            dashboard.send("{\"type\":\"subscribe_channel\",\"channel\":\"news\"}");
            dashboard.next("subscribed");
            foreign.send("{\"type\":\"publish\",\"channel\":\"news\",\"data\":1,\"id\":\"f\"}");
            foreign.next("ack");
            own.send("{\"type\":\"publish\",\"subject\":\"mine\",\"data\":1}");
            assertThat(dashboard.next("preview").path("subject").asText())
                    .isEqualTo("tenant." + tenant + ".mine");
            dashboard.hasNothingElse();
        }
    }

    @Test
    void previewsAreCutOffWhileNobodyReadsAndComeBackByThemselves() throws Exception {
        String tenant = Platform.tenant("enterprise");
        double before = paused();
        try (Sleeper sleeper = Sleeper.open(Dashboards.token(tenant));
                TestSocket reader = Platform.sshAgent(tenant).connect().subscribe("channel.big");
                TestSocket writer = Platform.sshAgent(tenant).connect()) {
            sleeper.send("{\"type\":\"subscribe_topic_preview\"}");
            sleeper.send("{\"type\":\"subscribe_channel\",\"channel\":\"big\"}");
            sleeper.readUntil("subscribed");
            sleeper.readUntil("subscribed");

            String big =
                    "{\"type\":\"publish\",\"channel\":\"big\",\"data\":\""
                            + "x".repeat(500_000)
                            + "\",\"id\":\"";
            for (int sent = 0; paused() == before && sent < 500; sent++) {
                writer.send(big + sent + "\"}");
                writer.next("ack");
                reader.next("message");
            }
            await().atMost(PATIENCE).until(() -> paused() > before);
            writer.send("{\"type\":\"publish\",\"subject\":\"small\",\"data\":1,\"id\":\"s\"}");
            writer.next("ack");

            JsonNode pause = sleeper.readUntil("preview_paused");
            JsonNode resumed = sleeper.readUntil("preview_resumed");
            assertThat(resumed.path("suppressed").asInt())
                    .isGreaterThan(pause.path("suppressed").asInt());
            sleeper.readUntil("preview_stats");

            writer.send("{\"type\":\"publish\",\"subject\":\"small\",\"data\":2,\"id\":\"t\"}");
            assertThat(sleeper.readUntil("preview").path("subject").asText()).endsWith(".small");
        }
    }

    @Test
    void theLivePictureIsShownAndMarkedStaleWhileNobodyCanTell() throws Exception {
        String tenant = Platform.tenant("enterprise");
        try (TestSocket dashboard = Dashboards.open(tenant);
                TestSocket another = Dashboards.open(tenant)) {
            dashboard.send("{\"type\":\"subscribe_metrics\",\"id\":\"m\"}");
            assertThat(dashboard.next("subscribed").path("stream").asText()).isEqualTo("metrics");
            JsonNode nothing = dashboard.next("metrics");
            assertThat(nothing.path("stale").asBoolean()).isTrue();
            assertThat(nothing.path("data").isNull()).isTrue();
            another.send("{\"type\":\"subscribe_metrics\"}");
            another.next("subscribed");

            try (Connection metrics = Platform.connectAs("metrics")) {
                answer(metrics, "{ \"tenant_id\" : \"%s\", \"active_clients\" : 3 }");
                for (TestSocket socket : new TestSocket[] {dashboard, another}) {
                    JsonNode fresh = awaitMetrics(socket, false);
                    assertThat(fresh.path("data").toString())
                            .isEqualTo("{\"tenant_id\":\"" + tenant + "\",\"active_clients\":3}");
                }
            }
            JsonNode last = awaitMetrics(dashboard, true);
            assertThat(last.at("/data/active_clients").asInt()).isEqualTo(3);

            dashboard.send("{\"type\":\"unsubscribe_metrics\"}");
            dashboard.await("unsubscribed");
        }
    }

    private static void answer(Connection metrics, String picture) {
        metrics.createDispatcher()
                .subscribe(
                        PlatformSubjects.LIVE_PICTURE,
                        PlatformSubjects.METRICS_QUEUE,
                        question ->
                                metrics.publish(
                                        NatsMessage.builder()
                                                .subject(question.getReplyTo())
                                                .headers(new Headers())
                                                .data(
                                                        picture.formatted(
                                                                new String(
                                                                        question.getData(),
                                                                        StandardCharsets.UTF_8)),
                                                        StandardCharsets.UTF_8)
                                                .build()));
    }

    private static JsonNode awaitMetrics(TestSocket socket, boolean stale) {
        while (true) {
            JsonNode frame = socket.next("metrics");
            if (frame.path("stale").asBoolean() == stale && !frame.path("data").isNull()) {
                return frame;
            }
        }
    }

    private static void preview(TestSocket dashboard, String pattern, int perSecond) {
        dashboard.send(
                "{\"type\":\"subscribe_topic_preview\",\"pattern\":\""
                        + pattern
                        + "\",\"max_per_second\":"
                        + perSecond
                        + "}");
        JsonNode subscribed = dashboard.next("subscribed");
        assertThat(subscribed.path("pattern").asText()).isEqualTo(pattern);
        assertThat(subscribed.path("max_per_second").asInt()).isEqualTo(perSecond);
    }

    private double paused() {
        return meters.get("artcafe.gateway.previews.paused").counter().count();
    }

    /** A dashboard that reads a frame only when it is told to. */
    private static final class Sleeper implements WebSocket.Listener, AutoCloseable {

        private static final ObjectMapper JSON = new ObjectMapper();

        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private WebSocket socket;

        static Sleeper open(String token) {
            Sleeper sleeper = new Sleeper();
            sleeper.socket =
                    HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .subprotocols("bearer", token)
                            .buildAsync(
                                    URI.create(
                                            "ws://localhost:" + RestAssured.port + "/ws/dashboard"),
                                    sleeper)
                            .join();
            return sleeper;
        }

        @Override
        public void onOpen(WebSocket opened) {
            // nothing is read yet
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(partial.toString());
                partial.setLength(0);
            } else {
                from.request(1);
            }
            return null;
        }

        void send(String frame) {
            socket.sendText(frame, true).join();
        }

        JsonNode readUntil(String type) throws Exception {
            while (true) {
                socket.request(1);
                String frame = frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(frame).as(type).isNotNull();
                FrameContract.checkSent(FrameContract.Door.DASHBOARD, frame);
                JsonNode tree = JSON.readTree(frame);
                if (tree.path("type").asText().equals(type)) {
                    return tree;
                }
            }
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
