package ai.artcafe.tracker.reading.broker;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.tracker.reading.ConnectionList;
import ai.artcafe.tracker.reading.ConnectionTable;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads what has changed: has each server say what its accounts have carried, and list the
 * connections of those accounts where that is not what it was.
 */
final class ChangeReading {

    static final String STATZ = "$SYS.REQ.ACCOUNT.PING.STATZ";

    /** Without it a server that has no connections at all does not answer. */
    static final String ALL_ACCOUNTS = "{\"include_unused\":true}";

    private static final String OPEN = "{\"limit\":1000000,\"state\":0}";
    private static final String OPEN_OF = "{\"limit\":1000000,\"state\":0,\"acc\":\"%s\"}";

    private final Requests requests;
    private final ServerStates servers;
    private final ChangedAccounts accounts;
    private final RingReading rings;
    private final ConnectionTable table;
    private final Clock clock;

    ChangeReading(
            Requests requests,
            ServerStates servers,
            ChangedAccounts accounts,
            RingReading rings,
            ConnectionTable table,
            Clock clock) {
        this.requests = requests;
        this.servers = servers;
        this.accounts = accounts;
        this.rings = rings;
        this.table = table;
        this.clock = clock;
    }

    /** Asks all servers. */
    Requests.Question begin() {
        Requests.Question question = new Requests.Question();
        Instant at = clock.instant();
        long gaps = servers.gaps();
        requests.send(
                question, STATZ, ALL_ACCOUNTS, json -> takeAccounts(question, at, gaps, json));
        return question;
    }

    private Optional<String> takeAccounts(
            Requests.Question question, Instant at, long gaps, byte[] json) throws IOException {
        AccountMessages.Answer answer = AccountMessages.read(json);
        String server = answer.server().id();
        servers.standalone(server, answer.server().isStandalone());
        ChangedAccounts.Due due = accounts.due(answer);
        return switch (due) {
            case ChangedAccounts.Due.All _ -> {
                requests.send(
                        question,
                        RingReading.connz(server),
                        OPEN,
                        list -> takeAll(due, at, gaps, list));
                yield Optional.empty();
            }
            case ChangedAccounts.Due.Of(var slots) when slots.isEmpty() -> {
                read(server, at, gaps);
                yield Optional.of(server);
            }
            case ChangedAccounts.Due.Of(var slots) -> {
                AtomicInteger left = new AtomicInteger(slots.size());
                for (Slot slot : slots) {
                    requests.send(
                            question,
                            RingReading.connz(server),
                            OPEN_OF.formatted(slot.account()),
                            list -> takeSome(left, due, at, gaps, list));
                }
                yield Optional.empty();
            }
        };
    }

    private Optional<String> takeAll(ChangedAccounts.Due due, Instant at, long gaps, byte[] json)
            throws IOException {
        ServerMessages.Listed listed = ServerMessages.connectionList(json);
        String server = listed.server().id();
        boolean incomplete = table.list(new ConnectionList(server, false, listed.rows()), at);
        accounts.listed(server, due);
        read(server, at, gaps);
        if (incomplete && servers.isRingDue(server)) {
            rings.begin(server);
        }
        return Optional.of(server);
    }

    private Optional<String> takeSome(
            AtomicInteger left, ChangedAccounts.Due due, Instant at, long gaps, byte[] json)
            throws IOException {
        ServerMessages.Listed listed = ServerMessages.connectionList(json);
        String server = listed.server().id();
        listed.rows().forEach(row -> table.event(server, row, at));
        if (left.decrementAndGet() > 0) {
            return Optional.empty();
        }
        accounts.listed(server, due);
        read(server, at, gaps);
        return Optional.of(server);
    }

    private void read(String server, Instant at, long gaps) {
        if (servers.read(server, gaps, at, false)) {
            rings.begin(server);
        }
    }
}
