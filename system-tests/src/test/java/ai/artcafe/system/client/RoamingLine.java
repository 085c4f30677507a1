package ai.artcafe.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** One connection of a {@link RoamingAgent}. Thread-safe. */
final class RoamingLine {

    /** The close code of a gateway that goes away. */
    static final int DRAINING = 4503;

    private static final long PATIENCE_S = 60;

    private final JsonSocket socket;
    private final Inbox inbox;

    /** Data by id. What was not acknowledged at the end was not taken in: nobody waits for it. */
    private final Map<String, String> replies = new ConcurrentHashMap<>();

    private RoamingLine(JsonSocket socket, Inbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /**
     * Connects, and returns when the subjects are subscribed to.
     *
     * @param listener takes all other frames
     */
    static RoamingLine open(
            URI address, List<String> subjects, BiConsumer<RoamingLine, JsonNode> listener) {
        Inbox inbox = new Inbox(1 + subjects.size(), listener);
        RoamingLine line =
                new RoamingLine(
                        JsonSocket.connect(address, List.of(), inbox)
                                .orTimeout(PATIENCE_S, TimeUnit.SECONDS)
                                .join(),
                        inbox);
        inbox.line.complete(line);
        for (String subject : subjects) {
            line.send("{\"type\":\"subscribe\",\"subject\":\"" + subject + "\"}");
        }
        inbox.awaitReady();
        return line;
    }

    void send(String frame) {
        // what cannot be sent is said again on the next connection
        var _ = socket.send(frame);
    }

    void reply(String id, String subject, String data) {
        replies.put(id, data);
        send(
                "{\"type\":\"publish\",\"subject\":\"%s\",\"data\":%s,\"id\":\"%s\"}"
                        .formatted(subject, data, id));
    }

    /** The data of the reply with this id, the first time it is acknowledged. */
    Optional<String> replied(String id) {
        return Optional.ofNullable(replies.remove(id));
    }

    boolean isSettled() {
        return replies.isEmpty();
    }

    /** Returns the close code. */
    int awaitEnd() {
        return inbox.end.join();
    }

    /** After how many milliseconds it should connect again, once it was told. */
    OptionalLong hint() {
        return inbox.hint;
    }

    void close() {
        socket.close();
    }

    private static final class Inbox implements JsonSocket.Listener {

        private final CountDownLatch ready;
        private final BiConsumer<RoamingLine, JsonNode> listener;
        private final CompletableFuture<RoamingLine> line = new CompletableFuture<>();
        private final CompletableFuture<Integer> end = new CompletableFuture<>();
        private volatile OptionalLong hint = OptionalLong.empty();

        Inbox(int expected, BiConsumer<RoamingLine, JsonNode> listener) {
            this.ready = new CountDownLatch(expected);
            this.listener = listener;
        }

        @Override
        public void frame(JsonNode frame) {
            switch (frame.path("type").asText()) {
                case "welcome", "subscribed" -> ready.countDown();
                default -> {
                    if (frame.path("code").asText().equals("draining")) {
                        hint = OptionalLong.of(frame.path("retry_after_ms").asLong());
                    }
                    listener.accept(line.join(), frame);
                }
            }
        }

        @Override
        public void ended(int code) {
            end.complete(code);
            while (ready.getCount() > 0) {
                ready.countDown();
            }
        }

        void awaitReady() {
            try {
                if (!ready.await(PATIENCE_S, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the gateway did not answer");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
