package ai.artcafe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A WebSocket, as a plain client sees it. Every frame that comes is checked against its
 * description.
 */
public final class TestSocket implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final FrameContract.Door door;
    private WebSocket socket;

    private TestSocket(FrameContract.Door door) {
        this.door = door;
    }

    /** Opens and takes the welcome off. */
    public static TestSocket open(String tenant, String agent, String challenge, String signature) {
        return open(RestAssured.port, tenant, agent, challenge, signature);
    }

    /** The same at the gateway that listens at this port. */
    public static TestSocket open(
            int port, String tenant, String agent, String challenge, String signature) {
        TestSocket client =
                open(
                        address(port, tenant, agent, challenge, signature),
                        FrameContract.Door.AGENT,
                        settings -> settings);
        client.next("welcome");
        return client;
    }

    /** Opens a dashboard's, whose welcome comes next. */
    public static TestSocket dashboard(String query, UnaryOperator<WebSocket.Builder> settings) {
        return dashboard(RestAssured.port, query, settings);
    }

    /** The same at the gateway that listens at this port. */
    public static TestSocket dashboard(
            int port, String query, UnaryOperator<WebSocket.Builder> settings) {
        return open(
                URI.create("ws://localhost:" + port + "/ws/dashboard" + query),
                FrameContract.Door.DASHBOARD,
                settings);
    }

    private static TestSocket open(
            URI address, FrameContract.Door door, UnaryOperator<WebSocket.Builder> settings) {
        TestSocket client = new TestSocket(door);
        client.socket =
                settings.apply(HTTP.newWebSocketBuilder().connectTimeout(PATIENCE))
                        .buildAsync(address, client)
                        .join();
        return client;
    }

    public static URI address(String tenant, String agent, String challenge, String signature) {
        return address(RestAssured.port, tenant, agent, challenge, signature);
    }

    private static URI address(
            int port, String tenant, String agent, String challenge, String signature) {
        return URI.create(
                "ws://localhost:%d/ws/agent/%s?tenant_id=%s&challenge=%s&signature=%s"
                        .formatted(
                                port,
                                agent,
                                URLEncoder.encode(tenant, StandardCharsets.UTF_8),
                                URLEncoder.encode(challenge, StandardCharsets.UTF_8),
                                URLEncoder.encode(signature, StandardCharsets.UTF_8)));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    public TestSocket send(String frame) {
        socket.sendText(frame, true).join();
        return this;
    }

    public void sendBinary(byte[] frame) {
        socket.sendBinary(ByteBuffer.wrap(frame), true).join();
    }

    public void sendInParts(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            socket.sendText(parts[i], i == parts.length - 1).join();
        }
    }

    /** The next frame as it came. */
    public String nextText() {
        try {
            String frame = frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(frame).as("a frame within %s", PATIENCE).isNotNull();
            FrameContract.checkSent(door, frame);
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonNode next() {
        return parse(nextText());
    }

    /** The next frame, which is of this type. */
    public JsonNode next(String type) {
        JsonNode frame = next();
        assertThat(frame.path("type").asText()).as(frame.toString()).isEqualTo(type);
        return frame;
    }

    /**
     * The next two frames, which are the acknowledgement of a publish and the message itself: to
     * one's own socket they come in either order.
     *
     * @return the message
     */
    public JsonNode nextAckAndMessage() {
        JsonNode first = next();
        boolean acknowledged = first.path("type").asText().equals("ack");
        JsonNode second = next(acknowledged ? "message" : "ack");
        JsonNode message = acknowledged ? second : first;
        assertThat(message.path("type").asText()).as(message.toString()).isEqualTo("message");
        return message;
    }

    /** Sends a ping and returns when its pong is the next frame: nothing else was on its way. */
    public void hasNothingElse() {
        send("{\"type\":\"ping\",\"id\":\"quiet\"}");
        assertThat(next("pong").path("id").asText()).isEqualTo("quiet");
    }

    public TestSocket subscribe(String subject) {
        send("{\"type\":\"subscribe\",\"subject\":\"" + subject + "\"}");
        assertThat(next("subscribed").path("subject").asText()).isEqualTo(subject);
        return this;
    }

    /** The next frame of this type, whatever comes before it. */
    public JsonNode await(String type) {
        while (true) {
            JsonNode frame = next();
            if (frame.path("type").asText().equals(type)) {
                return frame;
            }
        }
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    public int awaitClose() throws Exception {
        return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public void close() {
        if (!closed.isDone()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).exceptionally(_ -> 0).join();
        }
    }

    private static JsonNode parse(String frame) {
        try {
            return JSON.readTree(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(frame, e);
        }
    }
}
