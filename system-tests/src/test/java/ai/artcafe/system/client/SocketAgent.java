package ai.artcafe.system.client;

import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An agent at the WebSocket door, on the JDK's own client. */
public final class SocketAgent implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many publishes may wait for their acknowledgement. */
    private static final int WINDOW = 256;

    private final WebSocket socket;
    private final Inbox inbox;

    private SocketAgent(WebSocket socket, Inbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /** Takes a challenge, signs it and connects; returns after {@code welcome}. */
    public static SocketAgent connect(Api api, TenantId tenant, String agent, SshKey key) {
        String challenge = api.challenge(tenant, agent);
        SocketAgent connected = connect(api, tenant, agent, challenge, key.sign(challenge)).join();
        connected.await("welcome");
        return connected;
    }

    /** Connects with what it is given; fails as the handshake does. */
    public static CompletableFuture<SocketAgent> connect(
            Api api, TenantId tenant, String agent, String challenge, String signature) {
        URI http = api.gateway();
        URI uri =
                URI.create(
                        "ws://%s:%d/ws/agent/%s?tenant_id=%s&challenge=%s&signature=%s"
                                .formatted(
                                        http.getHost(),
                                        http.getPort(),
                                        agent,
                                        tenant,
                                        encode(challenge),
                                        encode(signature)));
        Inbox inbox = new Inbox();
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, inbox)
                .thenApply(socket -> new SocketAgent(socket, inbox));
    }

    public void subscribe(String subject) {
        send("{\"type\":\"subscribe\",\"subject\":\"" + subject + "\"}");
        await("subscribed");
    }

    /** Publishes and returns once no more than a window of publishes is unacknowledged. */
    public void publish(String subject, String data, String id) {
        inbox.window.acquireUninterruptibly();
        send(
                "{\"type\":\"publish\",\"subject\":\"%s\",\"data\":%s,\"id\":\"%s\"}"
                        .formatted(subject, data, id));
    }

    public void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** The next frame but for messages and acknowledgements; it must be of that type. */
    public JsonNode await(String type) {
        try {
            JsonNode frame = inbox.frames.poll(60, TimeUnit.SECONDS);
            if (frame == null || !frame.get("type").textValue().equals(type)) {
                throw new AssertionError("expected a frame of type " + type + " but got " + frame);
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Messages delivered so far; they are counted, not kept. */
    public long delivered() {
        return inbox.delivered.get();
    }

    public long acknowledged() {
        return inbox.acknowledged.get();
    }

    public boolean isOpen() {
        return !socket.isInputClosed();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class Inbox implements WebSocket.Listener {

        private final AtomicLong delivered = new AtomicLong();
        private final AtomicLong acknowledged = new AtomicLong();
        private final Semaphore window = new Semaphore(WINDOW);
        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder(); // only the client's thread

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                accept(partial.toString());
                partial.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void accept(String text) {
            try {
                JsonNode frame = JSON.readTree(text);
                switch (frame.get("type").textValue()) {
                    case "message" -> delivered.incrementAndGet();
                    case "ack" -> {
                        acknowledged.incrementAndGet();
                        window.release();
                    }
                    default -> frames.add(frame);
                }
            } catch (JsonProcessingException e) {
                throw new AssertionError("the gateway sent no JSON: " + text, e);
            }
        }
    }
}
