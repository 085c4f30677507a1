package ai.artcafe.tracker.reading.broker;

import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.tracker.reading.AccountStatistics;
import ai.artcafe.tracker.reading.ConnectionMonitor;
import ai.artcafe.tracker.reading.ConnectionTable;
import ai.artcafe.tracker.reading.Poll;
import ai.artcafe.tracker.reading.ReadingConfig;
import ai.artcafe.tracker.reading.ServerAccounts;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Dispatcher;
import io.nats.client.NUID;
import io.nats.client.Options;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The monitor's connection to the NATS servers: all connection events, and on request what their
 * accounts and connections have carried.
 *
 * <p>Events and answers come through one dispatcher, in the order in which the server sent them: a
 * list that was read is preceded by all that happened before it. What happens while the connection
 * is away, or when the dispatcher overflows, is a gap; every server then counts as read again only
 * after it has listed its closed connections too.
 */
public final class Monitor implements ConnectionMonitor, AccountStatistics, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Monitor.class);

    private static final String INBOX_PREFIX = "_INBOX_MON.";
    private static final int MAX_PENDING_MESSAGES = 2_000_000;

    /** In this time at the latest someone looks for sources that have been silent for too long. */
    private static final Duration SWEEPS = Duration.ofMinutes(1);

    private final ReadingConfig config;
    private final Clock clock;
    private final LastingConnection connection;

    private final Requests requests = new Requests(INBOX_PREFIX + NUID.nextGlobal(), this::publish);
    private final ServerStates servers;
    private final ServerNotices notices = new ServerNotices();
    private final ChangedAccounts accounts;
    private final ServerEvents events;
    private final RingReading rings;
    private final ChangeReading changes;
    private final IdentityReading identities;
    private final AccountReading statistics;

    private volatile boolean closing;

    private Monitor(
            Options.Builder options, ConnectionTable table, ReadingConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.servers = new ServerStates(config.goneAfter().multipliedBy(2).plus(SWEEPS));
        this.accounts = new ChangedAccounts(config.listAllEvery());
        this.events = new ServerEvents(table, servers, accounts, notices, clock);
        this.rings = new RingReading(requests, servers, table, clock);
        this.changes = new ChangeReading(requests, servers, accounts, rings, table, clock);
        this.identities = new IdentityReading(requests, table, config, clock);
        this.statistics = new AccountReading(requests, servers, notices, clock);
        this.connection =
                LastingConnection.open(
                        options.connectionListener((_, event) -> connectionEvent(event))
                                .errorListener(new OverflowListener(this::readAnew))
                                .build());
        connection.onConnection(this::subscribe);
    }

    /** Starts to connect, and returns at once. */
    public static Monitor open(
            NatsConfig nats,
            NatsSeeds seeds,
            ConnectionTable table,
            ReadingConfig config,
            Clock clock) {
        Options.Builder options =
                NatsOptions.named("tracker-monitor")
                        .urls(nats.url())
                        .seed(seeds.seed("monitor"))
                        .inboxPrefix(INBOX_PREFIX)
                        .toBuilder();
        return new Monitor(options, table, config, clock);
    }

    private void subscribe(Connection made) {
        readAnew("connected");
        Dispatcher dispatcher = made.createDispatcher();
        dispatcher.setPendingLimits(MAX_PENDING_MESSAGES, config.maxPendingBytes());
        events.handlers().forEach(dispatcher::subscribe);
        dispatcher.subscribe(requests.subject(), requests::answer);
        try {
            made.flush(config.patience());
        } catch (TimeoutException e) {
            LOG.warn("NATS did not confirm the monitor's subscriptions in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectionEvent(Events event) {
        switch (event) {
            case DISCONNECTED, RECONNECTED, CLOSED -> readAnew(event.toString());
            default -> LOG.debugf("Monitor's connection: event=%s", event);
        }
    }

    private void publish(String subject, String replyTo, String body) {
        connection
                .current()
                .filter(current -> current.getStatus() == Connection.Status.CONNECTED)
                .ifPresent(current ->
                        current.publish(
                                subject, replyTo, body.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Events may have been missed: the closed connections have to be asked for. */
    @Override
    public void readAnew(String reason) {
        servers.gap();
        if (!closing) {
            LOG.infof("Reading NATS servers anew, closed connections too: reason=%s", reason);
        }
    }

    public boolean isConnected() {
        return connection.isConnected();
    }

    /** Why it is not connected, for people. */
    public String fault() {
        return connection.fault();
    }

    @Override
    public Poll poll() {
        Instant at = clock.instant();
        if (!isConnected()) {
            return servers.poll(at, Set.of());
        }
        Requests.Question question =
                servers.takeAllDue() ? rings.begin(RingReading.ALL_SERVERS) : changes.begin();
        return servers.poll(at, requests.await(question, servers::expected, config.patience()));
    }

    @Override
    public void identify(String serverId, Collection<Long> cids) {
        identities.ask(serverId, cids);
    }

    @Override
    public Map<String, ServerAccounts> ask() {
        return isConnected() ? statistics.ask(config.patience()) : Map.of();
    }

    @Override
    public Optional<String> onlyServer() {
        return servers.only();
    }

    @Override
    public Optional<Instant> missedSince(String serverId) {
        return servers.missedSince(serverId);
    }

    @Override
    public void forget(String serverId) {
        servers.forget(serverId);
        accounts.forget(serverId);
        notices.forget(serverId);
    }

    @Override
    public void close() {
        closing = true;
        connection.close();
    }
}
