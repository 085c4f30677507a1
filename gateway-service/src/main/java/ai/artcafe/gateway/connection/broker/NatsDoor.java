package ai.artcafe.gateway.connection.broker;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.nats.connection.LastingConnection;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The agents' connections on all NATS servers, as the servers themselves list them. Every method
 * but {@link #start} and {@link #isUp} blocks.
 */
@ApplicationScoped
public class NatsDoor {

    private static final Logger LOG = Logger.getLogger(NatsDoor.class);

    private static final String INBOX = "_INBOX_KICK.";
    private static final String EVERY_SERVER = "$SYS.REQ.SERVER.PING.CONNZ";
    private static final int MAX_ROWS = 100_000;

    /** Above it one list of everybody costs the servers less. */
    private static final int ASKED_BY_NAME = 50;

    private static final Duration FIRST_ANSWER = Duration.ofSeconds(2);

    /** How many servers there are nobody says: after so long without an answer that was all. */
    private static final Duration SILENCE = Duration.ofMillis(300);

    private static final Duration KICK_PATIENCE = Duration.ofSeconds(2);

    private final NatsConfig nats;
    private final NatsSeeds seeds;
    private final GatewayIdentity gateway;
    private final ObjectMapper json;

    private volatile @Nullable LastingConnection connection;

    NatsDoor(NatsConfig nats, NatsSeeds seeds, GatewayIdentity gateway, ObjectMapper json) {
        this.nats = nats;
        this.seeds = seeds;
        this.gateway = gateway;
        this.json = json;
    }

    /**
     * An agent's connection.
     *
     * @param serverId the NATS server's id
     * @param cid its number on that server, never used again
     * @param openedAt when, by the server's clock
     */
    public record Found(String serverId, long cid, ConnectionOwner.Agent owner, Instant openedAt) {}

    /**
     * What the servers answered.
     *
     * @param servers those that did, each with its own time
     */
    public record Look(Map<String, Instant> servers, List<Found> found) {}

    /** Starts to connect, and returns at once. */
    public void start() {
        connection =
                LastingConnection.open(
                        NatsOptions.named("kicker-" + gateway.id())
                                .urls(nats.url())
                                .seed(seeds.seed("kicker"))
                                .inboxPrefix(INBOX)
                                .build());
    }

    /** Whether the servers can be asked now. */
    public boolean isUp() {
        LastingConnection opened = connection;
        return opened != null && opened.isConnected();
    }

    public void close() {
        LastingConnection opened = connection;
        if (opened != null) {
            opened.close();
        }
    }

    /** The connections of these agents; perhaps of others as well. */
    public Look look(List<ConnectionOwner.Agent> owners) throws InterruptedException {
        return owners.size() > ASKED_BY_NAME
                ? ask(List.of(question("")))
                : ask(
                        owners.stream()
                                .map(owner -> question(",\"user\":\"" + owner.userName() + "\""))
                                .toList());
    }

    /** The connections of these agents, each in its tenant's slot. */
    public Look lookAt(Map<ConnectionOwner.Agent, Slot> owners) throws InterruptedException {
        return ask(
                owners.entrySet().stream()
                        .map(owner ->
                                question(
                                        ",\"acc\":\""
                                                + owner.getValue().account()
                                                + "\",\"user\":\""
                                                + owner.getKey().userName()
                                                + "\""))
                        .toList());
    }

    /** All agents' connections in the slot. */
    public Look look(Slot slot) throws InterruptedException {
        return ask(List.of(question(",\"acc\":\"" + slot.account() + "\"")));
    }

    /** Ends the connection; false when the server does not say that it has. */
    public boolean kick(Found found) throws InterruptedException {
        Optional<Connection> open = connected();
        if (open.isEmpty()) {
            return false;
        }
        try {
            Message answer =
                    open.get()
                            .request(
                                    "$SYS.REQ.SERVER." + found.serverId() + ".KICK",
                                    bytes("{\"cid\":" + found.cid() + "}"),
                                    KICK_PATIENCE);
            return answer != null && !json.readTree(answer.getData()).has("error");
        } catch (IOException | IllegalStateException e) {
            LOG.warnf("a NATS server did not answer reason=%s", String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Ids have no character that JSON would escape. */
    private static String question(String filter) {
        return "{\"auth\":true,\"state\":0,\"limit\":" + MAX_ROWS + filter + "}";
    }

    private Look ask(List<String> questions) throws InterruptedException {
        Map<String, Instant> servers = new HashMap<>();
        List<Found> found = new ArrayList<>();
        Optional<Connection> open = connected();
        if (open.isEmpty()) {
            return new Look(servers, found);
        }
        try {
            String inbox = open.get().createInbox();
            Subscription answers = open.get().subscribe(inbox);
            try {
                for (String question : questions) {
                    open.get().publish(EVERY_SERVER, inbox, bytes(question));
                }
                Message answer = answers.nextMessage(FIRST_ANSWER);
                while (answer != null) {
                    read(answer.getData(), servers, found);
                    answer = answers.nextMessage(SILENCE);
                }
            } finally {
                answers.unsubscribe();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.warnf(
                    "connections at the NATS door cannot be listed reason=%s",
                    String.valueOf(e.getMessage()));
        }
        return new Look(servers, found);
    }

    private void read(byte[] answer, Map<String, Instant> servers, List<Found> found)
            throws IOException {
        JsonNode data = json.readTree(answer).path("data");
        String server = data.path("server_id").asText();
        time(data.path("now")).ifPresent(now -> servers.merge(server, now, NatsDoor::earlier));
        for (JsonNode row : data.path("connections")) {
            if (Slot.parse(row.path("account").asText()).isPresent()
                    && ConnectionOwner.parse(row.path("authorized_user").asText()).orElse(null)
                            instanceof ConnectionOwner.Agent owner) {
                time(row.path("start"))
                        .ifPresent(start ->
                                found.add(
                                        new Found(server, row.path("cid").asLong(), owner, start)));
            }
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(Instant.parse(text.asText()));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private Optional<Connection> connected() {
        LastingConnection opened = connection;
        return opened != null && opened.isConnected() ? opened.current() : Optional.empty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
