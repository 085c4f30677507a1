package ai.artcafe.tracker.reading.broker;

import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.tracker.reading.ConnectionList;
import ai.artcafe.tracker.reading.ConnectionMonitor;
import ai.artcafe.tracker.reading.ConnectionTable;
import ai.artcafe.tracker.reading.ReadingConfig;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The monitor's connection to the NATS servers: all connection events, and their lists of
 * connections on request.
 *
 * <p>Events and answers come through one dispatcher, in the order in which the server sent them: a
 * list that was read is preceded by all that happened before it. What happens while the connection
 * is away, or when the dispatcher overflows, is a gap; every server then counts as read again only
 * after it has listed its closed connections too.
 */
public final class Monitor implements ConnectionMonitor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Monitor.class);

    private static final String INBOX_PREFIX = "_INBOX_MON.";
    private static final String CONNECTED = "$SYS.ACCOUNT.*.CONNECT";
    private static final String DISCONNECTED = "$SYS.ACCOUNT.*.DISCONNECT";
    private static final String ALL_SERVERS = "PING";

    private static final String OPEN = "{\"limit\":1000000,\"state\":0}";
    private static final String OPEN_WITH_IDENTITY =
            "{\"limit\":1000000,\"state\":0,\"auth\":true}";
    private static final String ALL_WITH_IDENTITY = "{\"limit\":1000000,\"state\":2,\"auth\":true}";

    private static final int MAX_PENDING_MESSAGES = 2_000_000;
    private static final Duration IDENTITY_PATIENCE = Duration.ofMillis(500);

    private final ConnectionTable table;
    private final ReadingConfig config;
    private final Clock clock;
    private final LastingConnection connection;
    private final String inbox = INBOX_PREFIX + NUID.nextGlobal();

    private final Object lock = new Object();
    // guarded by lock
    private final Map<Long, Request> requests = new HashMap<>();
    private final Map<String, Instant> readThrough = new HashMap<>();
    private final Set<String> readFully = new HashSet<>();
    private final Set<String> known = new HashSet<>();
    private long nextRequest;
    private long gaps;
    private boolean allDue = true;

    private volatile boolean closing;

    /**
     * One request under way.
     *
     * @param gaps how many gaps there had been when it was sent
     */
    private record Request(Kind kind, Instant at, long gaps, Set<String> answered) {}

    private enum Kind {
        OPEN,
        ALL,
        /** Answers complete what is known of connections; the list itself may be partial. */
        IDENTITY
    }

    private Monitor(
            Options.Builder options, ConnectionTable table, ReadingConfig config, Clock clock) {
        this.table = table;
        this.config = config;
        this.clock = clock;
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
        dispatcher.subscribe(CONNECTED, message -> event(message, false));
        dispatcher.subscribe(DISCONNECTED, message -> event(message, true));
        dispatcher.subscribe(inbox + ".*", this::answer);
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

    /** Events may have been missed: the closed connections have to be asked for. */
    @Override
    public void readAnew(String reason) {
        synchronized (lock) {
            gaps++;
            readFully.clear();
            readThrough.clear();
            allDue = true;
        }
        if (closing) {
            return;
        }
        LOG.infof("Reading NATS servers anew, closed connections too: reason=%s", reason);
    }

    @Override
    public boolean isConnected() {
        return connection.isConnected();
    }

    /** Why it is not connected, for people. */
    public String fault() {
        return connection.fault();
    }

    @Override
    public Map<String, Instant> poll() {
        Kind kind;
        synchronized (lock) {
            kind = allDue ? Kind.ALL : Kind.OPEN;
            allDue = false;
        }
        long request = send(ALL_SERVERS, kind, kind == Kind.ALL ? ALL_WITH_IDENTITY : OPEN);
        synchronized (lock) {
            await(request, known, config.patience());
            if (kind == Kind.ALL && readFully.isEmpty()) {
                allDue = true;
            }
            requests.keySet().removeIf(number -> number < request - 1000);
            Map<String, Instant> through = new HashMap<>(readThrough);
            through.keySet().retainAll(readFully);
            readThrough.clear();
            return through;
        }
    }

    /** Asks one server for all, its closed connections too. */
    private void readFully(String serverId) {
        send(serverId, Kind.ALL, ALL_WITH_IDENTITY);
    }

    @Override
    public void identify(String serverId, Collection<Long> cids) {
        if (cids.isEmpty()) {
            return;
        }
        Set<Long> sent = new HashSet<>();
        if (cids.size() > config.maxIdentityQueries()) {
            sent.add(send(serverId, Kind.IDENTITY, OPEN_WITH_IDENTITY));
        } else {
            for (Long cid : cids) {
                sent.add(
                        send(serverId, Kind.IDENTITY, "{\"cid\":%d,\"auth\":true}".formatted(cid)));
            }
        }
        synchronized (lock) {
            for (Long request : sent) {
                await(request, Set.of(serverId), IDENTITY_PATIENCE);
                requests.remove(request);
            }
        }
    }

    /** Waits until the servers have answered, or for as long as patience lasts; holds the lock. */
    private void await(long request, Set<String> expected, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Request sent = requests.get(request);
            if (sent == null || !sent.answered.isEmpty() && sent.answered.containsAll(expected)) {
                return;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                known.retainAll(sent.answered);
                return;
            }
            try {
                lock.wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private long send(String server, Kind kind, String body) {
        long number;
        synchronized (lock) {
            number = nextRequest++;
            requests.put(number, new Request(kind, clock.instant(), gaps, new HashSet<>()));
        }
        connection
                .current()
                .filter(current -> current.getStatus() == Connection.Status.CONNECTED)
                .ifPresent(current ->
                        current.publish(
                                "$SYS.REQ.SERVER." + server + ".CONNZ",
                                inbox + "." + number,
                                body.getBytes(StandardCharsets.US_ASCII)));
        return number;
    }

    private void event(Message message, boolean closed) {
        try {
            ServerMessages.Event event = ServerMessages.event(message.getData(), closed);
            table.event(event.serverId(), event.row(), clock.instant());
        } catch (IOException | RuntimeException e) {
            LOG.warnf(
                    "Connection event not understood: subject=%s reason=%s",
                    message.getSubject(), e.getMessage());
        }
    }

    private void answer(Message message) {
        try {
            String subject = message.getSubject();
            long number = Long.parseLong(subject.substring(subject.lastIndexOf('.') + 1));
            Request request;
            synchronized (lock) {
                request = requests.get(number);
            }
            if (request != null) {
                take(
                        request,
                        ServerMessages.connectionList(message.getData(), request.kind == Kind.ALL));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("Answer to CONNZ not understood: reason=%s", e.getMessage());
        }
    }

    private void take(Request request, ConnectionList list) {
        String server = list.serverId();
        boolean askForAll = false;
        if (request.kind == Kind.IDENTITY) {
            list.rows().forEach(row -> table.event(server, row, request.at));
        } else {
            askForAll = table.list(list, request.at);
        }
        synchronized (lock) {
            request.answered.add(server);
            if (request.kind != Kind.IDENTITY && request.gaps == gaps) {
                known.add(server);
                if (request.kind == Kind.ALL) {
                    readFully.add(server);
                } else if (!readFully.contains(server)) {
                    askForAll = true;
                }
                readThrough.merge(server, request.at, (a, b) -> a.isAfter(b) ? a : b);
            }
            lock.notifyAll();
        }
        if (askForAll) {
            readFully(server);
        }
    }

    @Override
    public void close() {
        closing = true;
        connection.close();
    }
}
