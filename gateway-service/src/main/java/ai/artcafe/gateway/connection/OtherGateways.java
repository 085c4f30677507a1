package ai.artcafe.gateway.connection;

import ai.artcafe.model.identity.AgentId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The sockets on other gateways, as those tell. A gateway that has not been heard for {@link
 * #SILENT} counts for nothing until it is heard again; a socket that no listing names for {@link
 * #FORGOTTEN} is gone. Beyond what may be known, new ones are not counted. Thread-safe.
 */
@ApplicationScoped
class OtherGateways {

    static final Duration SILENT = Duration.ofSeconds(5);
    static final Duration FORGOTTEN = Duration.ofSeconds(75);

    private final int capacity;
    private final Clock clock;
    private final Map<String, Told> byId = new HashMap<>(); // guarded by this
    private final Map<AgentId, Set<String>> byAgent = new HashMap<>(); // guarded by this
    private final Map<String, Instant> heard = new HashMap<>(); // gateways; guarded by this

    private record Told(AgentConnection connection, String gateway, Instant at) {}

    @Inject
    OtherGateways(ConnectionConfig config, Clock clock) {
        this(config.known(), clock);
    }

    OtherGateways(int capacity, Clock clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    synchronized void take(ConnectionsNotice notice) {
        Instant now = clock.instant();
        if (notice.word() == ConnectionsNotice.Word.GOODBYE) {
            heard.remove(notice.from());
            forget(told -> told.gateway.equals(notice.from()));
            return;
        }
        heard.put(notice.from(), now);
        for (AgentConnection connection : notice.opened()) {
            if (byId.size() < capacity || byId.containsKey(connection.connectionId())) {
                byId.put(connection.connectionId(), new Told(connection, notice.from(), now));
                byAgent.computeIfAbsent(connection.agentId(), _ -> new HashSet<>())
                        .add(connection.connectionId());
            }
        }
        notice.closed().forEach(this::remove);
    }

    /** The agent's sockets on gateways that can be heard. */
    synchronized List<AgentConnection> of(AgentId agent) {
        Instant now = clock.instant();
        return byAgent.getOrDefault(agent, Set.of()).stream()
                .map(byId::get)
                .filter(told -> isHeard(told.gateway, now))
                .map(Told::connection)
                .toList();
    }

    /** How many other gateways can be heard. */
    synchronized long size() {
        Instant now = clock.instant();
        return heard.keySet().stream().filter(gateway -> isHeard(gateway, now)).count();
    }

    /** Forgets what nobody has spoken of for long. */
    synchronized void expire() {
        Instant oldest = clock.instant().minus(FORGOTTEN);
        heard.values().removeIf(at -> at.isBefore(oldest));
        forget(told -> told.at.isBefore(oldest));
    }

    private void forget(Predicate<Told> gone) {
        byId.values().stream()
                .filter(gone)
                .map(told -> told.connection.connectionId())
                .toList()
                .forEach(this::remove);
    }

    private void remove(String connectionId) {
        Told told = byId.remove(connectionId);
        if (told == null) {
            return;
        }
        Set<String> own = byAgent.getOrDefault(told.connection.agentId(), new HashSet<>());
        own.remove(connectionId);
        if (own.isEmpty()) {
            byAgent.remove(told.connection.agentId());
        }
    }

    private boolean isHeard(String gateway, Instant now) {
        Instant last = heard.get(gateway);
        return last != null && Duration.between(last, now).compareTo(SILENT) <= 0;
    }
}
