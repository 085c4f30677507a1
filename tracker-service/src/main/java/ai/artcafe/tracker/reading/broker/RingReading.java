package ai.artcafe.tracker.reading.broker;

import ai.artcafe.tracker.reading.ConnectionList;
import ai.artcafe.tracker.reading.ConnectionTable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads all that a server has to say: its ring of closed connections, page by page, and then the
 * open ones with their identities.
 */
final class RingReading {

    static final String ALL_SERVERS = "PING";

    private static final String OPEN_WITH_IDENTITY =
            "{\"limit\":1000000,\"state\":0,\"auth\":true}";

    /** Oldest end first, so that those that close meanwhile come behind. */
    private static final String CLOSED_PAGE =
            "{\"state\":1,\"auth\":true,\"sort\":\"stop\",\"offset\":%d,\"limit\":%d}";

    /**
     * Rows of a page of closed connections. In one piece the ring may be more than a server queues
     * for a client: names are the clients' choice.
     */
    private static final int PAGE = 5000;

    /** Rows that a page repeats, as a full ring loses as many at its old end as close meanwhile. */
    private static final int OVERLAP = 500;

    private final Requests requests;
    private final ServerStates servers;
    private final ConnectionTable table;
    private final Clock clock;

    RingReading(Requests requests, ServerStates servers, ConnectionTable table, Clock clock) {
        this.requests = requests;
        this.servers = servers;
        this.table = table;
        this.clock = clock;
    }

    static String connz(String server) {
        return "$SYS.REQ.SERVER." + server + ".CONNZ";
    }

    /**
     * Asks for all.
     *
     * @param server or {@link #ALL_SERVERS}
     */
    Requests.Question begin(String server) {
        Requests.Question question = new Requests.Question();
        closed(question, server, 0, clock.instant(), servers.gaps());
        return question;
    }

    private void closed(
            Requests.Question question, String server, int offset, Instant at, long gaps) {
        requests.send(
                question,
                connz(server),
                CLOSED_PAGE.formatted(offset, PAGE),
                json -> takeClosed(question, offset, at, gaps, json));
    }

    private Optional<String> takeClosed(
            Requests.Question question, int offset, Instant at, long gaps, byte[] json)
            throws IOException {
        ServerMessages.Listed listed = ServerMessages.connectionList(json);
        String server = listed.server().id();
        if (offset == 0 && !listed.rows().isEmpty()) {
            table.ring(server, listed.total(), listed.rows().getFirst(), at);
        }
        listed.rows().forEach(row -> table.event(server, row, at));
        servers.ringGoesOn(server, gaps);
        if (listed.rows().size() < PAGE) {
            Instant openAt = clock.instant();
            requests.send(
                    question,
                    connz(server),
                    OPEN_WITH_IDENTITY,
                    answer -> takeOpen(openAt, gaps, answer));
        } else {
            closed(question, server, offset + PAGE - OVERLAP, at, gaps);
        }
        return Optional.empty();
    }

    private Optional<String> takeOpen(Instant at, long gaps, byte[] json) throws IOException {
        ServerMessages.Listed listed = ServerMessages.connectionList(json);
        String server = listed.server().id();
        boolean again = table.list(new ConnectionList(server, true, listed.rows()), at);
        servers.standalone(server, listed.server().isStandalone());
        servers.read(server, gaps, at, true);
        if (again && servers.isRingDue(server)) {
            begin(server);
        }
        return Optional.of(server);
    }
}
