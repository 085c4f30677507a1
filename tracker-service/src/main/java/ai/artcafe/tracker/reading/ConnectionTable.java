package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.ledger.Observed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The connections of all NATS servers with their latest reading, and which of them the ledger has
 * yet to take in. A connection stays until the ledger has its last reading.
 *
 * <p>Thread-safe; every method is atomic.
 */
public final class ConnectionTable {

    private static final Logger LOG = Logger.getLogger(ConnectionTable.class);

    private final int capacity;
    private final Suspects suspects;
    private final Map<String, Map<Long, TrackedConnection>> servers = new HashMap<>();
    private final Set<TrackedConnection> fresh = new LinkedHashSet<>();
    private final Map<String, Ring> rings = new HashMap<>();
    private int size;
    private long lists;
    private long refused;
    private long vanished;
    private long doubtful;
    private long orphaned;

    /**
     * @param capacity how many connections it holds; beyond that new ones are refused, and {@link
     *     #refused} tells
     * @param suspects takes those that their server ended
     */
    public ConnectionTable(int capacity, Suspects suspects) {
        this.capacity = capacity;
        this.suspects = suspects;
    }

    /** Takes in a CONNECT or DISCONNECT event. */
    public synchronized void event(String serverId, ConnectionRow row, Instant at) {
        take(serverId, row, at);
    }

    /**
     * Takes in a server's list. A connection that should be in it and is not has closed without
     * word: the closed ones must be asked for, and when it is not among those either, its latest
     * reading is its last.
     *
     * @return whether the closed connections must be asked for
     */
    public synchronized boolean list(ConnectionList list, Instant at) {
        lists++;
        for (ConnectionRow row : list.rows()) {
            take(list.serverId(), row, at).ifPresent(connection -> connection.listed = lists);
        }
        boolean ask = false;
        Iterator<TrackedConnection> connections =
                servers.getOrDefault(list.serverId(), Map.of()).values().iterator();
        while (connections.hasNext()) {
            TrackedConnection connection = connections.next();
            if (connection.listed == lists || connection.closed) {
                continue;
            }
            if (!connection.identity.isRead() && !connection.isUnattributed()) {
                connections.remove();
                size--;
            } else if (list.withClosed() && connection.missing) {
                vanished++;
                LOG.warnf(
                        "Connection ended without its final counters: server=%s cid=%d",
                        list.serverId(), connection.cid);
                connection.closed = true;
                if (connection.identity.isRead()) {
                    fresh.add(connection);
                } else {
                    connections.remove();
                    size--;
                }
            } else {
                connection.missing = true;
                ask = true;
            }
        }
        return ask;
    }

    private Optional<TrackedConnection> take(String serverId, ConnectionRow row, Instant at) {
        Map<Long, TrackedConnection> connections =
                servers.computeIfAbsent(serverId, _ -> new HashMap<>());
        TrackedConnection connection = connections.get(row.cid());
        boolean isNew = connection == null;
        if (connection == null) {
            if (row.closed() && row.account().isEmpty()) {
                return Optional.empty();
            }
            if (size >= capacity) {
                refused++;
                return Optional.empty();
            }
            connection =
                    new TrackedConnection(
                            serverId,
                            row.cid(),
                            instant(row.started(), at),
                            row.closed() ? instant(row.stopped(), at) : at);
            connections.put(row.cid(), connection);
            size++;
        }
        if (connection.identity instanceof Identity.Unknown) {
            connection.identity = Identity.of(row);
            isNew |= !(connection.identity instanceof Identity.Unknown);
        }
        connection.missing = false;
        if (connection.slot.isEmpty()) {
            connection.slot = Slot.parse(row.account());
        }
        if (row.isEndedByServer()) {
            connection.endedBecause = row.reason();
        }
        boolean changed = connection.take(row.counters(), row.closed(), instant(row.stopped(), at));
        if (connection.closed && !connection.identity.isRead()) {
            connections.remove(row.cid());
            size--;
        } else if ((changed || isNew) && connection.identity.isRead()) {
            fresh.add(connection);
            suspect(connection);
        }
        return Optional.of(connection);
    }

    /** Reports it as soon as it is certain whose it was. */
    private void suspect(TrackedConnection connection) {
        if (connection.identity.owner().isPresent()) {
            connection.suspect().ifPresent(suspects::add);
        }
    }

    /**
     * Takes in the beginning of a server's ring of closed connections.
     *
     * @param total how many are in it
     * @param oldest the one that goes next
     */
    public synchronized void ring(String serverId, long total, ConnectionRow oldest, Instant at) {
        rings.put(serverId, new Ring(total, instant(oldest.stopped(), at)));
    }

    /** By server, the rings that were read since this was last asked. */
    public synchronized Map<String, Ring> takeRings() {
        Map<String, Ring> taken = Map.copyOf(rings);
        rings.clear();
        return taken;
    }

    /** The open connections of a server that no account is known for. */
    public synchronized List<Long> unidentified(String serverId) {
        return servers.getOrDefault(serverId, Map.of()).values().stream()
                .filter(connection -> connection.identity instanceof Identity.Unknown)
                .map(connection -> connection.cid)
                .toList();
    }

    /** Whether a connection of the server has carried something for someone not known yet. */
    public synchronized boolean hasUnattributed(String serverId) {
        return servers.getOrDefault(serverId, Map.of()).values().stream()
                .anyMatch(TrackedConnection::isUnattributed);
    }

    /** By server, the owners that were seen and are yet to be pinned. */
    public synchronized Map<String, Map<Long, ConnectionOwner.Agent>> toPin() {
        Map<String, Map<Long, ConnectionOwner.Agent>> seen = new HashMap<>();
        for (TrackedConnection connection : fresh) {
            if (connection.identity instanceof Identity.Seen(var agent)) {
                seen.computeIfAbsent(connection.serverId, _ -> new HashMap<>())
                        .put(connection.cid, agent);
            }
        }
        return seen;
    }

    /** By server, closed connections of which only an earlier pin can tell whose they were. */
    public synchronized Map<String, Set<Long>> toLookUp() {
        Map<String, Set<Long>> found = new HashMap<>();
        for (TrackedConnection connection : fresh) {
            if (connection.identity instanceof Identity.Doubtful) {
                found.computeIfAbsent(connection.serverId, _ -> new HashSet<>())
                        .add(connection.cid);
            }
        }
        return found;
    }

    /** These were looked up and never pinned: they are no one's. */
    public synchronized void unattributable(String serverId, Collection<Long> cids) {
        Map<Long, TrackedConnection> connections = servers.getOrDefault(serverId, Map.of());
        for (Long cid : cids) {
            TrackedConnection connection = connections.remove(cid);
            if (connection != null) {
                fresh.remove(connection);
                size--;
                doubtful++;
                connection.suspect().ifPresent(suspects::add);
                LOG.warnf(
                        "Connection not attributed, its name may have been rewritten: server=%s"
                                + " cid=%d messages=%d bytes=%d",
                        serverId,
                        cid,
                        connection.counters.inMessages(),
                        connection.counters.inBytes());
            }
        }
    }

    public synchronized void pinned(String serverId, Map<Long, ConnectionOwner.Agent> owners) {
        Map<Long, TrackedConnection> connections = servers.getOrDefault(serverId, Map.of());
        owners.forEach((cid, agent) -> {
            TrackedConnection connection = connections.get(cid);
            if (connection != null) {
                connection.identity = new Identity.Pinned(agent);
                suspect(connection);
            }
        });
    }

    /** The latest readings that the ledger has yet to take in, of pinned connections. */
    public synchronized List<Observed> fresh() {
        List<Observed> readings = new ArrayList<>();
        for (TrackedConnection connection : fresh) {
            switch (connection.identity) {
                case Identity.Pinned(var agent) ->
                        readings.add(observed(connection, agent.tenant(), agent.agent()));
                case Identity.GatewayLink(var gateway, var attribution) ->
                        readings.add(observed(connection, gateway.tenant(), attribution));
                case Identity.Seen _,
                        Identity.Doubtful _,
                        Identity.Unknown _,
                        Identity.Unbilled _ -> {}
            }
        }
        return readings;
    }

    private static Observed observed(
            TrackedConnection connection, TenantId tenant, Attribution agent) {
        return new Observed(
                new Reading(
                        new ConnectionKey(
                                ReadingSource.natsServer(connection.serverId),
                                Long.toString(connection.cid)),
                        tenant,
                        agent,
                        connection.openedAt,
                        connection.counters,
                        connection.closed),
                connection.at);
    }

    /** The ledger has these: what has not changed since is no longer fresh. */
    public synchronized void applied(Collection<Observed> readings) {
        for (Observed observed : readings) {
            Reading reading = observed.reading();
            Map<Long, TrackedConnection> connections =
                    servers.getOrDefault(reading.connection().source().id(), Map.of());
            Long cid = Long.valueOf(reading.connection().connectionId());
            TrackedConnection connection = connections.get(cid);
            if (connection != null
                    && connection.counters.equals(reading.counters())
                    && connection.closed == reading.last()) {
                fresh.remove(connection);
                if (connection.closed) {
                    connections.remove(cid);
                    size--;
                }
            }
        }
    }

    /**
     * How many connections there were whose traffic is not in the ledger, or not all of it: their
     * name cannot be trusted, their end was not seen, or their server is gone before it told whose
     * they are.
     */
    public synchronized long unaccounted() {
        return vanished + doubtful + orphaned;
    }

    /** Readings that the ledger cannot take in yet, because it is not certain whose they are. */
    public synchronized boolean hasUnpinned() {
        return fresh.stream().anyMatch(connection -> connection.identity.owner().isEmpty());
    }

    /**
     * Forgets a server that is gone, but for what the ledger has yet to take in.
     *
     * @param sourceKey {@link ReadingSource#key()}; nothing happens when it is no NATS server's
     */
    public synchronized void forget(String sourceKey) {
        for (String serverId : List.copyOf(servers.keySet())) {
            if (!ReadingSource.natsServer(serverId).key().equals(sourceKey)) {
                continue;
            }
            Map<Long, TrackedConnection> connections = servers.getOrDefault(serverId, Map.of());
            orphaned +=
                    connections.values().stream().filter(TrackedConnection::isUnattributed).count();
            int before = connections.size();
            connections.values().removeIf(connection -> !fresh.contains(connection));
            size -= before - connections.size();
            if (connections.isEmpty()) {
                servers.remove(serverId);
            }
        }
    }

    /** Connections held. */
    public synchronized int size() {
        return size;
    }

    /** Connections with a reading that the ledger has yet to take in. */
    public synchronized int freshCount() {
        return fresh.size();
    }

    /** Sightings of connections that it had no room for. */
    public synchronized long refused() {
        return refused;
    }

    /** Connections that ended without their final counters. */
    public synchronized long vanished() {
        return vanished;
    }

    /** Closed connections whose name could not be trusted. */
    public synchronized long doubtful() {
        return doubtful;
    }

    private static Instant instant(String text, Instant otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            LOG.debugf("Time is not RFC 3339: %s", text);
            return otherwise;
        }
    }
}
