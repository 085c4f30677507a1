package ai.artcafe.tracker.presence.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.presence.AgentPresence;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.tracker.presence.Facts;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares what presence has of a tenant's connections with what the ledger has. It reads in small
 * steps, so that Redis serves others in between.
 */
final class Strays {

    private static final String STEP = "500";

    private final PresenceCalls redis;
    private final int maxConnections;

    Strays(PresenceCalls redis, int maxConnections) {
        this.redis = redis;
        this.maxConnections = maxConnections;
    }

    Map<AgentId, Facts> of(TenantId tenant) {
        Map<AgentId, Facts> strays = new HashMap<>();
        Set<String> unnamed = new HashSet<>();
        String agents = RedisKeys.presenceAgents(tenant);
        String open = RedisKeys.openConnections(tenant);
        scan(
                agents,
                known ->
                        join(
                                known,
                                open,
                                (name, record, count) ->
                                        compare(
                                                strays,
                                                unnamed,
                                                name,
                                                AgentPresence.parse(record),
                                                count)));
        scan(
                open,
                known -> {
                    List<String> names = new ArrayList<>(known.keySet());
                    Map<String, String> records = fields(agents, names);
                    names.forEach(name -> {
                        if (!records.containsKey(name)) {
                            compare(
                                    strays,
                                    unnamed,
                                    name,
                                    Optional.empty(),
                                    number(known.get(name)));
                        }
                    });
                });
        if (!unnamed.isEmpty()) {
            connections(tenant, unnamed)
                    .forEach((agent, keys) -> strays.put(agent, Facts.connections(keys)));
        }
        return strays;
    }

    @FunctionalInterface
    private interface Pair {
        void accept(String name, String record, long open);
    }

    private void join(Map<String, String> known, String open, Pair pair) {
        Map<String, String> counts = fields(open, List.copyOf(known.keySet()));
        known.forEach((name, record) -> pair.accept(name, record, number(counts.get(name))));
    }

    private void compare(
            Map<AgentId, Facts> strays,
            Set<String> unnamed,
            String name,
            Optional<AgentPresence> known,
            long open) {
        Optional<AgentId> agent = AgentId.parse(name);
        if (agent.isEmpty()) {
            return;
        }
        long held = known.map(AgentPresence::open).orElse(0L);
        int named = known.map(presence -> presence.connections().size()).orElse(0);
        if (held != open) {
            strays.put(agent.get(), Facts.NONE);
        }
        if (named < Math.min(open, maxConnections)) {
            strays.put(agent.get(), Facts.NONE);
            unnamed.add(name);
        }
    }

    /** The open connections of those agents, by the ledger's positions. */
    private Map<AgentId, Set<ConnectionKey>> connections(TenantId tenant, Set<String> agents) {
        Map<AgentId, Set<ConnectionKey>> found = new HashMap<>();
        scan(
                RedisKeys.positions(tenant),
                positions ->
                        positions.forEach((key, position) -> {
                            String[] fields = position.split(" ", 5);
                            if (fields.length > 4
                                    && fields[0].equals("o")
                                    && agents.contains(fields[3])) {
                                Set<ConnectionKey> keys =
                                        found.computeIfAbsent(
                                                new AgentId(fields[3]), _ -> new HashSet<>());
                                if (keys.size() < maxConnections) {
                                    ConnectionKey.parse(key).ifPresent(keys::add);
                                }
                            }
                        }));
        return found;
    }

    /** All of a hash, in steps; a field may come twice. */
    private void scan(String key, Consumer<Map<String, String>> taker) {
        String cursor = "0";
        do {
            Response answer = redis.call(Command.HSCAN, key, cursor, "COUNT", STEP).orElseThrow();
            cursor = answer.get(0).toString();
            Response pairs = answer.get(1);
            Map<String, String> some = new LinkedHashMap<>();
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                some.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
            }
            if (!some.isEmpty()) {
                taker.accept(some);
            }
        } while (!cursor.equals("0"));
    }

    private Map<String, String> fields(String key, List<String> names) {
        List<String> arguments = new ArrayList<>(names.size() + 1);
        arguments.add(key);
        arguments.addAll(names);
        Map<String, String> found = new HashMap<>();
        redis.call(Command.HMGET, arguments)
                .ifPresent(values -> {
                    for (int i = 0; i < names.size(); i++) {
                        Response value = values.get(i);
                        if (value != null) {
                            found.put(names.get(i), value.toString());
                        }
                    }
                });
        return found;
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }
}
