package ai.artcafe.tracker.broker;

import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.Seed;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ends connections as the platform does. */
public final class Kicker implements AutoCloseable {

    private final Connection connection;
    private final ObjectMapper json = new ObjectMapper();

    public Kicker(LocalStack stack) throws Exception {
        connection =
                Nats.connect(
                        NatsOptions.named("kicker")
                                .urls(stack.natsUrl().toString())
                                .seed(Seed.parse(stack.keys().seed(NatsIdentity.KICKER)))
                                .inboxPrefix("_INBOX_KICK.")
                                .build());
    }

    /** Ends all connections of an account. */
    public int kick(String account) throws Exception {
        JsonNode answer =
                request(
                        "$SYS.REQ.SERVER.PING.CONNZ",
                        "{\"auth\":true,\"acc\":\"" + account + "\",\"limit\":1000}");
        String server = answer.path("server").path("id").asText();
        List<Long> cids = new ArrayList<>();
        answer.path("data").path("connections").forEach(row -> cids.add(row.path("cid").asLong()));
        for (long cid : cids) {
            request("$SYS.REQ.SERVER." + server + ".KICK", "{\"cid\":" + cid + "}");
        }
        return cids.size();
    }

    private JsonNode request(String subject, String body) throws Exception {
        Message answer =
                connection.request(
                        subject, body.getBytes(StandardCharsets.US_ASCII), Duration.ofSeconds(10));
        if (answer == null) {
            throw new IllegalStateException("no answer: " + subject);
        }
        return json.readTree(answer.getData());
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
