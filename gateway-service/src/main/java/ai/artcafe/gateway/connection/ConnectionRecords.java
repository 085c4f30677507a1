package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.telemetry.GatewayMeters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Keeps the records of this gateway's sockets true, and those of connections that have ended. What
 * is still to be written is at most one change for each socket that is open here and for each that
 * has a record, and {@value #MAX_ENDS} ends: beyond that an end is not kept, counted, and only the
 * open record is removed. Thread-safe; only {@link #write} blocks.
 */
@ApplicationScoped
class ConnectionRecords {

    private static final Logger LOG = Logger.getLogger(ConnectionRecords.class);

    /** More than that many end only while DynamoDB is away, or thousands at once. */
    static final int MAX_ENDS = 50_000;

    private final ConnectionTable table;
    private final OpenSockets sockets;
    private final Duration renewEvery;
    private final GatewayMeters meters;
    private final Clock clock;
    private final Map<String, ConnectionChange> changes = new LinkedHashMap<>(); // by this
    private final Set<String> recorded = new HashSet<>(); // perhaps; guarded by this
    private int ends; // among the changes; guarded by this
    private Instant renewed; // of the writing thread

    @Inject
    ConnectionRecords(
            ConnectionTable table,
            OpenSockets sockets,
            ConnectionConfig config,
            GatewayMeters meters,
            Clock clock) {
        this(table, sockets, config.renewEvery(), meters, clock);
    }

    ConnectionRecords(
            ConnectionTable table,
            OpenSockets sockets,
            Duration renewEvery,
            GatewayMeters meters,
            Clock clock) {
        this.table = table;
        this.sockets = sockets;
        this.renewEvery = renewEvery;
        this.meters = meters;
        this.clock = clock;
        this.renewed = clock.instant();
    }

    synchronized void opened(AgentConnection connection) {
        if (!(changes.get(connection.connectionId()) instanceof ConnectionChange.End)) {
            changes.put(connection.connectionId(), new ConnectionChange.Put(connection));
        }
    }

    synchronized void ended(EndedConnection ended) {
        String id = ended.connection().connectionId();
        drop(id);
        if (ends < MAX_ENDS) {
            ends++;
            changes.put(id, new ConnectionChange.End(ended, recorded.contains(id)));
        } else {
            meters.endNotKept();
            remove(ended.connection());
        }
    }

    private void drop(String id) {
        if (changes.remove(id) instanceof ConnectionChange.End) {
            ends--;
        }
    }

    private void remove(AgentConnection connection) {
        String id = connection.connectionId();
        drop(id);
        if (recorded.contains(id)) {
            changes.put(id, new ConnectionChange.Remove(connection));
        }
    }

    /** How many changes wait to be written. */
    synchronized int waiting() {
        return changes.size();
    }

    /**
     * Writes the records of all open sockets anew, before they expire or after others took them.
     */
    void renew() {
        renewed = clock.instant();
        sockets.all().forEach(socket -> opened(AgentConnection.of(socket)));
        // whoever closed in between has been seen by ended() first, and is not open any more
        Set<String> open = new HashSet<>();
        sockets.all().forEach(socket -> open.add(socket.connectionId()));
        synchronized (this) {
            for (ConnectionChange change : List.copyOf(changes.values())) {
                if (change instanceof ConnectionChange.Put(AgentConnection connection)
                        && !open.contains(connection.connectionId())) {
                    remove(connection);
                }
            }
        }
    }

    /**
     * Writes what has changed.
     *
     * @return whether all of it was taken
     */
    boolean write() {
        if (clock.instant().isAfter(renewed.plus(renewEvery))) {
            renew();
        }
        List<ConnectionChange> batch = take();
        if (batch.isEmpty()) {
            return true;
        }
        List<ConnectionChange> left = batch;
        try {
            left = table.write(batch);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "records of connections wait to be written count=%d reason=%s",
                    batch.size(), String.valueOf(e.getMessage()));
        }
        meters.connectionsWritten(batch.size() - left.size(), left.size());
        putBack(left);
        return left.isEmpty();
    }

    private synchronized List<ConnectionChange> take() {
        List<ConnectionChange> batch = new ArrayList<>(changes.size());
        Iterator<ConnectionChange> waiting = changes.values().iterator();
        while (waiting.hasNext()) {
            ConnectionChange change = waiting.next();
            waiting.remove();
            batch.add(change);
            switch (change) {
                case ConnectionChange.Put(AgentConnection connection) ->
                        recorded.add(connection.connectionId());
                case ConnectionChange.Remove(AgentConnection connection) ->
                        recorded.remove(connection.connectionId());
                case ConnectionChange.End(EndedConnection ended, _) -> {
                    ends--;
                    recorded.remove(ended.connection().connectionId());
                }
            }
        }
        return batch;
    }

    /** Unless something newer has happened to the same socket. */
    private synchronized void putBack(List<ConnectionChange> left) {
        for (ConnectionChange change : left) {
            String id = change.connection().connectionId();
            switch (change) {
                case ConnectionChange.Put _ -> changes.putIfAbsent(id, change);
                case ConnectionChange.Remove _ -> {
                    recorded.add(id);
                    changes.putIfAbsent(id, change);
                }
                case ConnectionChange.End(EndedConnection ended, boolean wasRecorded) -> {
                    if (wasRecorded) {
                        recorded.add(id);
                    }
                    ended(ended);
                }
            }
        }
    }
}
