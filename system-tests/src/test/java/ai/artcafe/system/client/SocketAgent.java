package ai.artcafe.system.client;

import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An agent at the WebSocket door. */
public final class SocketAgent implements AutoCloseable {

    /** How many publishes may wait for their acknowledgement. */
    private static final int WINDOW = 256;

    private final JsonSocket socket;
    private final Inbox inbox;

    private SocketAgent(JsonSocket socket, Inbox inbox) {
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
        Inbox inbox = new Inbox();
        return JsonSocket.connect(
                        address(api, tenant, agent, challenge, signature), List.of(), inbox)
                .thenApply(socket -> new SocketAgent(socket, inbox));
    }

    /** Where an agent knocks with the answer to a challenge. */
    static URI address(Api api, TenantId tenant, String agent, String challenge, String signature) {
        return URI.create(
                "ws://%s/ws/agent/%s?tenant_id=%s&challenge=%s&signature=%s"
                        .formatted(
                                api.gateway().getAuthority(),
                                agent,
                                tenant,
                                encode(challenge),
                                encode(signature)));
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
        socket.send(frame).join();
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
        return socket.isOpen();
    }

    /** The code with which the gateway closes it, as soon as it does. */
    public CompletableFuture<Integer> closeCode() {
        return inbox.closeCode;
    }

    @Override
    public void close() {
        socket.close();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class Inbox implements JsonSocket.Listener {

        private final AtomicLong delivered = new AtomicLong();
        private final AtomicLong acknowledged = new AtomicLong();
        private final Semaphore window = new Semaphore(WINDOW);
        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

        @Override
        public void frame(JsonNode frame) {
            switch (frame.get("type").textValue()) {
                case "message" -> delivered.incrementAndGet();
                case "ack" -> {
                    acknowledged.incrementAndGet();
                    window.release();
                }
                default -> frames.add(frame);
            }
        }

        @Override
        public void ended(int code) {
            closeCode.complete(code);
        }
    }
}
