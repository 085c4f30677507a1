package ai.artcafe.system.client;

import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A person's page that watches a tenant, at the dashboards' door. Frames are kept by type. */
public final class Dashboard implements AutoCloseable {

    private final JsonSocket socket;
    private final Inbox inbox;

    private Dashboard(JsonSocket socket, Inbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /** Connects as a browser does; fails as the handshake does. */
    public static CompletableFuture<Dashboard> connect(Api api, TenantId tenant, String token) {
        URI address =
                URI.create(
                        "ws://%s/ws/dashboard?tenant_id=%s"
                                .formatted(api.gateway().getAuthority(), tenant));
        Inbox inbox = new Inbox();
        return JsonSocket.connect(address, List.of("bearer", token), inbox)
                .thenApply(socket -> new Dashboard(socket, inbox));
    }

    public void send(String frame) {
        socket.send(frame).join();
    }

    /** The next frame of that type, whatever else has come. */
    public JsonNode await(String type) {
        try {
            JsonNode frame = inbox.of(type).poll(60, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no " + type + " came; what is there: " + inbox.frames);
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How many frames of that type have come and were not awaited. */
    public int waiting(String type) {
        return inbox.of(type).size();
    }

    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() {
        socket.close();
    }

    private static final class Inbox implements JsonSocket.Listener {

        private final Map<String, BlockingQueue<JsonNode>> frames = new ConcurrentHashMap<>();

        BlockingQueue<JsonNode> of(String type) {
            return frames.computeIfAbsent(type, _ -> new LinkedBlockingQueue<>());
        }

        @Override
        public void frame(JsonNode frame) {
            of(frame.get("type").textValue()).add(frame);
        }

        @Override
        public void ended(int code) {
            // whoever waits for a frame is told that none came
        }
    }
}
