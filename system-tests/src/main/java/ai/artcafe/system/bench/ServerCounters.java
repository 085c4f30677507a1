package ai.artcafe.system.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** What the NATS server has taken in so far from the clients of one account. */
final class ServerCounters {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI statistics;
    private final String account;

    ServerCounters(URI monitoring, String account) {
        this.statistics = monitoring.resolve("/accstatz?unused=1");
        this.account = account;
    }

    long messagesIn() {
        try (var answer = statistics.toURL().openStream()) {
            for (JsonNode statistic : JSON.readTree(answer).get("account_statz")) {
                if (statistic.get("acc").textValue().equals(account)) {
                    return statistic.at("/received/msgs").longValue();
                }
            }
            throw new IllegalStateException("the server knows no account " + account);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
