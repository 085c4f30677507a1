package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An agent at the WebSocket door. Every publish has an id, so that it is known which of them the
 * gateway took in and which it refused.
 */
final class SocketAgentConnection implements AgentConnection {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "\"data\":";
    private static final String AFTER_DATA = ",\"timestamp\":\"";

    /** Ids are remembered by the gateway from one connection of the agent to the next. */
    private static final AtomicLong IDS = new AtomicLong();

    private final AgentId agent;
    private final WebSocketStream stream;
    private final Signal signal = new Signal();

    private final Set<String> subjects = new HashSet<>(); // of the using thread
    private Traffic control = Traffic.NONE; // of the using thread
    private long pings; // of the using thread
    private long heartbeats; // of the using thread

    // guarded by signal
    private final Map<String, Integer> sent = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> fences = new HashSet<>();
    private Traffic published = Traffic.NONE;
    private Traffic delivered = Traffic.NONE;
    private long pongs;
    private long heartbeatAcks;
    private boolean welcome;

    private SocketAgentConnection(AgentId agent, WebSocketStream stream) {
        this.agent = agent;
        this.stream = stream;
    }

    /**
     * Connects and waits for the welcome.
     *
     * @param address with the answer to a challenge in it
     * @throws IOException when the gateway does not let it in, or does not answer in time
     */
    static SocketAgentConnection open(AgentId agent, URI address) throws IOException {
        SocketAgentConnection connection =
                new SocketAgentConnection(agent, WebSocketStream.open(address));
        Thread.ofVirtual().name("agent-" + agent).start(connection::read);
        connection.signal.expect(PATIENCE, "welcome", () -> connection.welcome);
        return connection;
    }

    private void read() {
        try {
            while (true) {
                take(stream.read());
            }
        } catch (IOException | RuntimeException e) {
            signal.end(String.valueOf(e.getMessage()));
            stream.close();
        }
    }

    private void take(String text) throws JsonProcessingException {
        JsonNode frame = JSON.readTree(text);
        String id = frame.path("id").asText();
        signal.change(() -> {
            switch (frame.path("type").asText()) {
                case "message" -> delivered(frame, text);
                case "ack" -> acknowledged(id);
                case "error" -> refused(id, frame);
                case "subscribed", "unsubscribed" -> answered.add(id);
                case "pong" -> pongs++;
                case "heartbeat_ack" -> heartbeatAcks++;
                case "welcome" -> welcome = true;
                default -> throw new IllegalStateException("an unexpected frame: " + text);
            }
        });
    }

    private void delivered(JsonNode frame, String text) {
        JsonNode base64 = frame.get("data_base64");
        if (base64 != null) {
            delivered = delivered.plus(1, Base64.getDecoder().decode(base64.textValue()).length);
            return;
        }
        // neither text occurs in a subject or in what comes after the data
        int from = text.indexOf(DATA) + DATA.length();
        byte[] data =
                text.substring(from, text.lastIndexOf(AFTER_DATA)).getBytes(StandardCharsets.UTF_8);
        delivered = delivered.plus(1, data.length);
        if (Fence.isFence(data)) {
            fences.add(new String(data, StandardCharsets.US_ASCII));
        }
    }

    private void acknowledged(String id) {
        Integer bytes = sent.remove(id);
        if (bytes != null) {
            published = published.plus(1, bytes);
        }
    }

    /** What was refused is neither sent nor counted. */
    private void refused(String id, JsonNode frame) {
        if (id.isEmpty()) {
            throw new IllegalStateException("an unexpected error: " + frame);
        }
        sent.remove(id);
        refused.add(id);
    }

    @Override
    public boolean subscribe(Wording wording, String subject) throws IOException {
        String id = nextId();
        send("{\"type\":\"subscribe\",\"subject\":\"%s\",\"id\":\"%s\"}".formatted(subject, id));
        signal.expect(PATIENCE, "subscribed", () -> answered.contains(id) || refused.contains(id));
        boolean heard = signal.read(() -> answered.contains(id));
        if (heard) {
            subjects.add(subject);
        }
        return heard;
    }

    @Override
    public void unsubscribe() throws IOException {
        for (String subject : subjects) {
            String id = nextId();
            send(
                    "{\"type\":\"unsubscribe\",\"subject\":\"%s\",\"id\":\"%s\"}"
                            .formatted(subject, id));
            signal.expect(PATIENCE, "unsubscribed", () -> answered.contains(id));
        }
        subjects.clear();
    }

    @Override
    public void publish(Said said) throws IOException {
        String id = nextId();
        signal.change(() -> sent.put(id, said.payload().compact()));
        send(
                "{\"type\":\"publish\",\"subject\":\"%s\",\"data\":%s,\"id\":\"%s\"}"
                        .formatted(
                                said.subject(),
                                new String(said.payload().data(), StandardCharsets.UTF_8),
                                id));
    }

    @Override
    public void heartbeat() throws IOException {
        control = control.plus(1, send("{\"type\":\"heartbeat\"}"));
        heartbeats++;
    }

    @Override
    public void settle() throws IOException {
        long expected = ++pings;
        send("{\"type\":\"ping\"}");
        signal.expect(
                PATIENCE,
                "an answer to everything",
                () -> pongs >= expected && sent.isEmpty() && heartbeatAcks >= heartbeats);
    }

    private int send(String frame) throws IOException {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        stream.send(bytes);
        return bytes.length;
    }

    private String nextId() {
        return agent + "-" + IDS.incrementAndGet();
    }

    @Override
    public long heard() {
        return signal.read(() -> delivered.messages());
    }

    @Override
    public boolean awaitHeard(long messages, Duration atMost) throws IOException {
        return signal.await(atMost, () -> delivered.messages() >= messages);
    }

    @Override
    public boolean awaitFence(String text, Duration atMost) throws IOException {
        return signal.await(atMost, () -> fences.contains(text));
    }

    @Override
    public UsageTotals carried() {
        return signal.read(() -> new UsageTotals(published, delivered, control, 1));
    }

    @Override
    public Optional<String> doubt() {
        return signal.read(() ->
                sent.isEmpty() && heartbeatAcks >= heartbeats
                        ? Optional.empty()
                        : Optional.of(
                                agent
                                        + " was cut off at the WebSocket door, unanswered="
                                        + sent.size()));
    }

    @Override
    public void close() {
        try {
            stream.sayGoodbye();
            signal.await(GOODBYE, () -> false);
        } catch (IOException e) {
            // the answer to the goodbye ends the connection
        }
        stream.close();
    }

    @Override
    public void reset() {
        stream.reset();
    }
}
