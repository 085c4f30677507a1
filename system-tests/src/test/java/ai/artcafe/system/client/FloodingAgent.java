package ai.artcafe.system.client;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.NKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** An agent at the NATS door that publishes 40 messages a second until it is cut off. */
public final class FloodingAgent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final NatsAgent agent;
    private final String subject;
    private final AtomicLong sent = new AtomicLong();
    private final BlockingQueue<JsonNode> warnings = new LinkedBlockingQueue<>();

    private FloodingAgent(NatsAgent agent, String subject) {
        this.agent = agent;
        this.subject = subject;
    }

    /** Connects, listens for what it is told about its limits, and begins. */
    public static FloodingAgent begin(URI server, TenantId tenant, String id, NKey key)
            throws IOException, InterruptedException {
        FloodingAgent flooding =
                new FloodingAgent(NatsAgent.connect(server, key), "tenant." + tenant + ".flood");
        flooding.agent.subscribe(
                "tenant." + tenant + ".agent." + id + ".limits", flooding::takeWarning);
        Thread.ofVirtual().start(flooding::flood);
        return flooding;
    }

    private void takeWarning(Message message) {
        try {
            warnings.add(JSON.readTree(message.getData()));
        } catch (IOException e) {
            throw new UncheckedIOException("a warning that is no JSON", e);
        }
    }

    private void flood() {
        while (agent.connection().getStatus() == Connection.Status.CONNECTED) {
            try {
                agent.publish(subject, "1");
            } catch (IllegalStateException e) {
                // cut off just now
                return;
            }
            sent.incrementAndGet();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** What it is told next of the limit that it exceeds. */
    public JsonNode awaitWarning() {
        try {
            JsonNode warning = warnings.poll(90, TimeUnit.SECONDS);
            if (warning == null) {
                throw new AssertionError("no warning came after " + sent + " messages");
            }
            return warning;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Messages so far, whether the server has taken them or not. */
    public long sent() {
        return sent.get();
    }

    /** What it was handed: the warnings. */
    public Traffic delivered() {
        return agent.delivered();
    }

    public Connection connection() {
        return agent.connection();
    }
}
