package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.key.RedisKeys;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** To whom the connections of NATS servers belong for good. */
final class Pins {

    /** What the key of a NATS server's connection begins with. */
    private static final String NATS = "n:";

    private final RedisCalls redis;
    private final Duration life;

    Pins(RedisCalls redis, Duration life) {
        this.redis = redis;
        this.life = life;
    }

    Map<Long, ConnectionOwner.Agent> pin(String serverId, Map<Long, ConnectionOwner.Agent> seen) {
        if (seen.isEmpty()) {
            return Map.of();
        }
        List<Long> connections = new ArrayList<>(seen.size());
        Arguments arguments = new Arguments().add(life);
        seen.forEach((connection, agent) -> {
            connections.add(connection);
            arguments.add(connection).add(agent.userName());
        });
        Response owners =
                redis.run(Script.PIN, List.of(RedisKeys.pins(serverId)), arguments.list());
        Map<Long, ConnectionOwner.Agent> pinned = new HashMap<>();
        for (int i = 0; i < connections.size(); i++) {
            put(pinned, connections.get(i), owners.get(i).toString());
        }
        return pinned;
    }

    Map<Long, ConnectionOwner.Agent> pinned(String serverId, Collection<Long> connections) {
        Map<Long, ConnectionOwner.Agent> pinned = new HashMap<>();
        redis.fields(
                        RedisKeys.pins(serverId),
                        connections.stream().map(cid -> cid.toString()).toList())
                .forEach((cid, owner) -> put(pinned, Long.valueOf(cid), owner));
        return pinned;
    }

    private static void put(Map<Long, ConnectionOwner.Agent> pinned, Long cid, String owner) {
        if (ConnectionOwner.parse(owner).orElse(null) instanceof ConnectionOwner.Agent agent) {
            pinned.put(cid, agent);
        }
    }

    /**
     * Forgets connections.
     *
     * @param connections connection keys; other than NATS servers' are passed over
     */
    void unpin(Collection<String> connections) {
        Map<String, List<String>> byServer = new HashMap<>();
        for (String connection : connections) {
            server(connection)
                    .ifPresent(server ->
                            byServer.computeIfAbsent(
                                            RedisKeys.pins(server),
                                            key -> new ArrayList<>(List.of(key)))
                                    .add(connection.substring(connection.lastIndexOf('/') + 1)));
        }
        byServer.values().forEach(arguments -> redis.call(Command.HDEL, arguments));
    }

    /** The NATS server of a connection key, empty when it is a gateway's. */
    static Optional<String> server(String connection) {
        return connection.startsWith(NATS)
                ? Optional.of(connection.substring(NATS.length(), connection.lastIndexOf('/')))
                : Optional.empty();
    }
}
