package ai.artcafe.system.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** What the NATS server has taken in so far. */
final class ServerCounters {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI statistics;

    ServerCounters(URI monitoring) {
        this.statistics = monitoring.resolve("/varz");
    }

    long messagesIn() {
        try {
            return JSON.readTree(statistics.toURL()).get("in_msgs").longValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
