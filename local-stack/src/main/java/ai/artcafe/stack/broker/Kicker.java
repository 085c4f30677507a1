package ai.artcafe.stack.broker;

import ai.artcafe.stack.StackException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Ends the clients' connections of the one NATS server that it is connected to. */
public final class Kicker implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern SLOT = Pattern.compile("S\\d{4}");

    /** All in one page: pages shift while connections come and go. */
    private static final String OPEN = "{\"auth\":true,\"limit\":1000000,\"state\":0}";

    private final ObjectMapper json = new ObjectMapper();
    private final Connection connection;

    private Kicker(Connection connection) {
        this.connection = connection;
    }

    /**
     * A client's connection: an agent's, or a gateway's on behalf of a tenant.
     *
     * @param cid its number on the server
     * @param user the name that the callout gave it, {@code <tenant>/<agent>}
     */
    public record Client(long cid, String user) {

        /** The tenant's id, as text. */
        public String tenant() {
            return user.substring(0, Math.max(0, user.indexOf('/')));
        }
    }

    /**
     * @param seed of the user who may kick
     * @throws StackException when it is refused, or nobody answers
     */
    public static Kicker connect(URI url, String seed) {
        try {
            return new Kicker(
                    Nats.connect(
                            Options.builder()
                                    .server(url.toString())
                                    .connectionName("artcafe-drain")
                                    .inboxPrefix("_INBOX_KICK")
                                    .connectionTimeout(TIMEOUT)
                                    .maxReconnects(0)
                                    .errorListener(new ErrorListener() {})
                                    .authHandler(SeedClient.auth(seed))
                                    .build()));
        } catch (IOException e) {
            throw new StackException("NATS at " + url + " cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    /** The id of this run of the server. */
    public String serverId() {
        return connection.getServerInfo().getServerId();
    }

    /** The connections open in tenants' accounts now. */
    public List<Client> clients() {
        List<Client> clients = new ArrayList<>();
        for (JsonNode row : ask("CONNZ", OPEN).path("data").path("connections")) {
            if (SLOT.matcher(row.path("account").asText()).matches()) {
                clients.add(
                        new Client(
                                row.path("cid").asLong(),
                                row.path("authorized_user").asText()));
            }
        }
        return clients;
    }

    /** Ends the connection; nothing happens when it is gone. */
    public void kick(Client client) {
        ask("KICK", "{\"cid\":" + client.cid() + "}");
    }

    private JsonNode ask(String what, String question) {
        try {
            Message answer =
                    connection.request(
                            "$SYS.REQ.SERVER." + serverId() + "." + what,
                            question.getBytes(StandardCharsets.UTF_8),
                            TIMEOUT);
            if (answer == null) {
                throw new StackException("NATS does not answer " + what + ", or has ended");
            }
            return json.readTree(answer.getData());
        } catch (IOException | IllegalStateException e) {
            throw new StackException("NATS does not answer " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
