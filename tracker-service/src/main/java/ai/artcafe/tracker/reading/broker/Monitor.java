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

    /** After how long without an end the reading of a server's ring is begun anew. */
    private static final Duration RING_PATIENCE = Duration.ofSeconds(10);

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
    private final Map<String, Long> ringsUnderWay = new HashMap<>();
    private long nextRequest;
    private long gaps;
    private boolean allDue = true;

    private volatile boolean closing;

    /**
     * One request under way.
     *
     * @param gaps how many gaps there had been when it was sent, or the first of its pages
     * @param offset of the page
     * @param answered the servers that have answered, to the last of the pages
     */
    private record Request(Kind kind, Instant at, long gaps, int offset, Set<String> answered) {}

    private enum Kind {
        OPEN,
        /** A page of the ring of closed connections; further ones follow, then {@link #ALL}. */
        CLOSED,
        /** The open ones, with which all is known of a server. */
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
            ringsUnderWay.clear();
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
        boolean all;
        synchronized (lock) {
            all = allDue;
            allDue = false;
        }
        long request = all ? readFully(ALL_SERVERS) : send(ALL_SERVERS, Kind.OPEN, OPEN);
        synchronized (lock) {
            await(request, known, config.patience());
            if (all && readFully.isEmpty() && ringsUnderWay.isEmpty()) {
                allDue = true;
            }
            requests.keySet().removeIf(number -> number < request - 1000);
            Map<String, Instant> through = new HashMap<>(readThrough);
            through.keySet().retainAll(readFully);
            readThrough.clear();
            return through;
        }
    }

    /** Asks for all, closed connections first. */
    private long readFully(String server) {
        Request first;
        synchronized (lock) {
            first = new Request(Kind.CLOSED, clock.instant(), gaps, 0, new HashSet<>());
        }
        return send(server, first, CLOSED_PAGE.formatted(0, PAGE));
    }

    /** Whether the server's ring has to be asked for: not while an answer is still likely. */
    private boolean isRingDue(String server) {
        long now = System.nanoTime();
        Long begun = ringsUnderWay.get(server);
        if (begun != null && now - begun < RING_PATIENCE.toNanos()) {
            return false;
        }
        ringsUnderWay.put(server, now);
        return true;
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
        Request request;
        synchronized (lock) {
            request = new Request(kind, clock.instant(), gaps, 0, new HashSet<>());
        }
        return send(server, request, body);
    }

    private long send(String server, Request request, String body) {
        long number;
        synchronized (lock) {
            number = nextRequest++;
            requests.put(number, request);
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
        switch (request.kind) {
            case OPEN, ALL -> takeList(request, list);
            case CLOSED -> {
                takeRows(request, list);
                takePage(request, list);
            }
            case IDENTITY -> {
                takeRows(request, list);
                answered(request, list.serverId());
            }
        }
    }

    private void takeRows(Request request, ConnectionList list) {
        list.rows().forEach(row -> table.event(list.serverId(), row, request.at));
    }

    private void takePage(Request request, ConnectionList list) {
        synchronized (lock) {
            if (request.gaps == gaps) {
                ringsUnderWay.put(list.serverId(), System.nanoTime());
            }
        }
        if (list.rows().size() < PAGE) {
            send(
                    list.serverId(),
                    new Request(Kind.ALL, clock.instant(), request.gaps, 0, request.answered),
                    OPEN_WITH_IDENTITY);
        } else {
            int offset = request.offset + PAGE - OVERLAP;
            send(
                    list.serverId(),
                    new Request(Kind.CLOSED, request.at, request.gaps, offset, request.answered),
                    CLOSED_PAGE.formatted(offset, PAGE));
        }
    }

    private void takeList(Request request, ConnectionList list) {
        String server = list.serverId();
        boolean askForAll = table.list(list, request.at);
        synchronized (lock) {
            if (request.gaps == gaps) {
                known.add(server);
                if (request.kind == Kind.ALL) {
                    readFully.add(server);
                    ringsUnderWay.remove(server);
                } else if (!readFully.contains(server)) {
                    askForAll = true;
                }
                readThrough.merge(server, request.at, (a, b) -> a.isAfter(b) ? a : b);
            }
            askForAll = askForAll && isRingDue(server);
        }
        answered(request, server);
        if (askForAll) {
            readFully(server);
        }
    }

    private void answered(Request request, String server) {
        synchronized (lock) {
            request.answered.add(server);
            lock.notifyAll();
        }
    }

    @Override
    public void close() {
        closing = true;
        connection.close();
    }
}
