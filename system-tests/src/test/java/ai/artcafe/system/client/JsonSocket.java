package ai.artcafe.system.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's end of a WebSocket whose frames are JSON, on the JDK's own client. Thread-safe. */
final class JsonSocket {

    /** Takes what comes, one thing after the other; may be called before the socket is returned. */
    interface Listener {

        void frame(JsonNode frame);

        /**
         * Nothing comes any more.
         *
         * @param code of the other side's close frame; {@link #ABNORMAL} without one
         */
        void ended(int code);
    }

    /** The connection ended without a close frame. */
    static final int ABNORMAL = 1006;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null); // guarded by this

    private JsonSocket(WebSocket socket) {
        this.socket = socket;
    }

    /** Connects; fails as the handshake does. */
    static CompletableFuture<JsonSocket> connect(
            URI uri, List<String> subprotocols, Listener listener) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.getFirst(),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        return builder.buildAsync(uri, new Reader(listener)).thenApply(JsonSocket::new);
    }

    /** Sends a frame after those before it; the answer tells when it is on its way. */
    synchronized CompletableFuture<?> send(String frame) {
        sent = sent.thenCompose(_ -> socket.sendText(frame, true));
        return sent;
    }

    /** Says goodbye, after what was sent before. */
    synchronized void close() {
        sent.handle((_, _) -> null)
                .thenCompose(_ -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""))
                .handle((_, _) -> null)
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
    }

    boolean isOpen() {
        return !socket.isInputClosed();
    }

    private static final class Reader implements WebSocket.Listener {

        private final Listener listener;
        private final StringBuilder partial = new StringBuilder(); // only the client's thread

        Reader(Listener listener) {
            this.listener = listener;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                listener.frame(parse(text));
            }
            from.request(1);
            return null;
        }

        private static JsonNode parse(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("the gateway sent no JSON: " + text, e);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            listener.ended(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            listener.ended(ABNORMAL);
        }
    }
}
