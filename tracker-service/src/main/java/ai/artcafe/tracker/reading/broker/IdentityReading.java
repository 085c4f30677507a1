package ai.artcafe.tracker.reading.broker;

import ai.artcafe.tracker.reading.ConnectionTable;
import ai.artcafe.tracker.reading.ReadingConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a server who is behind its connections: one by one, or all when there are many. */
final class IdentityReading {

    private static final String ONE = "{\"cid\":%d,\"auth\":true}";
    private static final String ALL = "{\"limit\":1000000,\"state\":0,\"auth\":true}";
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Requests requests;
    private final ConnectionTable table;
    private final ReadingConfig config;
    private final Clock clock;

    IdentityReading(Requests requests, ConnectionTable table, ReadingConfig config, Clock clock) {
        this.requests = requests;
        this.table = table;
        this.config = config;
        this.clock = clock;
    }

    /** Asks, and waits a moment for the answers. */
    void ask(String server, Collection<Long> cids) {
        if (cids.isEmpty()) {
            return;
        }
        Requests.Question question = new Requests.Question();
        Instant at = clock.instant();
        boolean one = cids.size() <= config.maxIdentityQueries();
        AtomicInteger left = new AtomicInteger(one ? cids.size() : 1);
        Requests.Answer answer = json -> take(left, at, json);
        if (one) {
            cids.forEach(cid ->
                    requests.send(question, RingReading.connz(server), ONE.formatted(cid), answer));
        } else {
            requests.send(question, RingReading.connz(server), ALL, answer);
        }
        requests.await(question, () -> Set.of(server), PATIENCE);
    }

    private Optional<String> take(AtomicInteger left, Instant at, byte[] json) throws IOException {
        ServerMessages.Listed listed = ServerMessages.connectionList(json);
        String server = listed.server().id();
        listed.rows().forEach(row -> table.event(server, row, at));
        return left.decrementAndGet() > 0 ? Optional.empty() : Optional.of(server);
    }
}
