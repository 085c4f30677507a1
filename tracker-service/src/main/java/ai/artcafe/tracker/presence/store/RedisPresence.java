package ai.artcafe.tracker.presence.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.presence.Evaluated;
import ai.artcafe.tracker.presence.Facts;
import ai.artcafe.tracker.presence.PresenceConfig;
import ai.artcafe.tracker.presence.PresenceStore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Presence in Redis: alone or a cluster, of version 6.2 or newer. */
@ApplicationScoped
public class RedisPresence implements PresenceStore {

    private static final PresenceCalls.Script PRESENCE = PresenceCalls.Script.load("presence.lua");
    private static final PresenceCalls.Script HEARD = PresenceCalls.Script.load("heard.lua");

    /** Without any tracker that listens for so long, nobody did. */
    private static final Duration DEAF_AFTER = Duration.ofSeconds(5);

    private static final Duration TRACKER_LIFE = Duration.ofHours(1);

    /** Stands for a tenant that has nothing due: the year 2100. */
    private static final String NEVER = "4102444800000";

    private static final int TENANTS_AT_ONCE = 1000;
    private static final int CHANGES_AT_ONCE = 200;
    private static final String NONE = "-";
    private static final String KEPT = "kept";
    private static final String KEPT_NUMBER = "kept_n";

    private final PresenceCalls redis;
    private final PresenceConfig config;
    private final ObjectMapper json;
    private final Strays strays;
    private final String tracker = UUID.randomUUID().toString();

    @Inject
    public RedisPresence(
            Redis redis, LedgerConfig ledger, PresenceConfig config, ObjectMapper json) {
        this.redis = new PresenceCalls(redis, ledger.timeout());
        this.config = config;
        this.json = json;
        this.strays = new Strays(this.redis, config.maxConnections());
    }

    @Override
    public Instant heard(Instant now, boolean listening) {
        Response since =
                redis.run(
                        HEARD,
                        List.of(RedisKeys.PRESENCE_HEARD),
                        List.of(
                                millis(now),
                                tracker,
                                Long.toString(DEAF_AFTER.toMillis()),
                                Long.toString(TRACKER_LIFE.toMillis()),
                                listening ? "1" : "0"));
        return Instant.ofEpochMilli(Long.parseLong(since.toString()));
    }

    @Override
    public Evaluated evaluate(
            TenantId tenant,
            Map<AgentId, Facts> facts,
            Instant now,
            Instant heardSince,
            Duration forgetAfter) {
        List<String> arguments = new ArrayList<>();
        arguments.add(millis(now));
        arguments.add(Long.toString(config.degradedAfter().toMillis()));
        arguments.add(Long.toString(config.unhealthyAfter().toMillis()));
        arguments.add(Long.toString(config.offlineAfter().toMillis()));
        arguments.add(millis(heardSince));
        arguments.add(Long.toString(forgetAfter.toMillis()));
        arguments.add(Integer.toString(config.maxChanges()));
        arguments.add(Integer.toString(config.maxConnections()));
        arguments.add(Integer.toString(config.agentsPerScript()));
        arguments.add(Integer.toString(facts.size()));
        facts.forEach((agent, each) -> add(arguments, agent, each));
        Response answer = redis.run(PRESENCE, keys(tenant), arguments);
        String next = answer.get(0).toString();
        return new Evaluated(
                next.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(Long.parseLong(next))),
                answer.get(1).toLong(),
                answer.get(2).toLong(),
                answer.get(3).toLong(),
                answer.get(4).toLong());
    }

    private static List<String> keys(TenantId tenant) {
        return List.of(
                RedisKeys.presenceAgents(tenant),
                RedisKeys.presenceNames(tenant),
                RedisKeys.presenceCounts(tenant),
                PresenceKeys.due(tenant),
                RedisKeys.presenceDetails(tenant),
                RedisKeys.presenceChanges(tenant),
                PresenceKeys.meta(tenant),
                RedisKeys.openConnections(tenant),
                RedisKeys.positions(tenant));
    }

    private void add(List<String> arguments, AgentId agent, Facts facts) {
        arguments.add(agent.value());
        arguments.add(millis(facts.beat()));
        arguments.add(facts.door().map(Door::id).orElse(NONE));
        arguments.add(facts.reported().map(PresenceStatus::id).orElse(NONE));
        arguments.add(millis(facts.reportedAt()));
        arguments.add(facts.version().orElse(""));
        arguments.add(facts.metrics().isEmpty() ? "" : text(facts.metrics()));
        arguments.add(millis(facts.detailsAt()));
        arguments.add(millis(facts.ended()));
        arguments.add(Integer.toString(facts.connections().size()));
        facts.connections().stream().map(ConnectionKey::key).forEach(arguments::add);
    }

    private String text(Map<String, Double> metrics) {
        try {
            return json.writeValueAsString(new TreeMap<>(metrics));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("metrics cannot be written as JSON", e);
        }
    }

    /** Whoever removes a tenant looks at it; the check finds one whose taker died. */
    @Override
    public Collection<TenantId> takeDue(Instant now) {
        List<TenantId> taken = new ArrayList<>();
        for (String name :
                redis.strings(
                        Command.ZRANGEBYSCORE,
                        PresenceKeys.TENANTS,
                        "-inf",
                        millis(now),
                        "LIMIT",
                        "0",
                        Integer.toString(TENANTS_AT_ONCE))) {
            boolean mine =
                    redis.call(Command.ZREM, PresenceKeys.TENANTS, name)
                            .filter(removed -> removed.toLong() == 1)
                            .isPresent();
            if (mine) {
                TenantId.parse(name).ifPresent(taken::add);
            }
        }
        return taken;
    }

    @Override
    public void schedule(TenantId tenant, Evaluated evaluated) {
        redis.call(
                Command.ZADD,
                PresenceKeys.TENANTS,
                "LT",
                evaluated.next().map(RedisPresence::millis).orElse(NEVER),
                tenant.value());
    }

    @Override
    public Collection<TenantId> tenants() {
        return redis.strings(Command.ZRANGE, PresenceKeys.TENANTS, "0", "-1").stream()
                .flatMap(name -> TenantId.parse(name).stream())
                .toList();
    }

    @Override
    public boolean isComplete() {
        return redis.call(Command.EXISTS, PresenceKeys.COMPLETE)
                .filter(there -> there.toLong() == 1)
                .isPresent();
    }

    @Override
    public void complete() {
        redis.call(Command.SET, PresenceKeys.COMPLETE, "1");
    }

    @Override
    public Map<AgentId, Facts> strays(TenantId tenant) {
        return strays.of(tenant);
    }

    @Override
    public Collection<TenantId> takeChanged() {
        List<TenantId> taken = new ArrayList<>();
        for (String name : redis.strings(Command.SMEMBERS, PresenceKeys.CHANGED)) {
            redis.call(Command.SREM, PresenceKeys.CHANGED, name);
            TenantId.parse(name).ifPresent(taken::add);
        }
        return taken;
    }

    @Override
    public void changed(TenantId tenant) {
        redis.call(Command.SADD, PresenceKeys.CHANGED, tenant.value());
    }

    @Override
    public Changes unwritten(TenantId tenant) {
        List<Optional<String>> kept = new ArrayList<>();
        redis.call(Command.HMGET, PresenceKeys.meta(tenant), KEPT, KEPT_NUMBER)
                .ifPresent(values -> {
                    for (int i = 0; i < 2; i++) {
                        kept.add(Optional.ofNullable(values.get(i)).map(Response::toString));
                    }
                });
        String position = kept.getFirst().orElse("");
        List<PresenceChange> changes = new ArrayList<>();
        Optional<Response> entries =
                redis.call(
                        Command.XRANGE,
                        RedisKeys.presenceChanges(tenant),
                        position.isEmpty() ? "-" : "(" + position,
                        "+",
                        "COUNT",
                        Integer.toString(CHANGES_AT_ONCE));
        if (entries.isPresent()) {
            for (Response entry : entries.get()) {
                position = entry.get(0).toString();
                PresenceChange.read(fields(entry.get(1))).ifPresent(changes::add);
            }
        }
        long before = kept.get(1).map(Long::parseLong).orElse(0L);
        long lost = changes.isEmpty() ? 0 : changes.getFirst().number() - before - 1;
        return new Changes(changes, position, Math.max(0, lost));
    }

    private static Map<String, String> fields(Response list) {
        Map<String, String> fields = new HashMap<>();
        if (list.isMap()) {
            list.getKeys().forEach(key -> fields.put(key, list.get(key).toString()));
        } else {
            for (int i = 0; i + 1 < list.size(); i += 2) {
                fields.put(list.get(i).toString(), list.get(i + 1).toString());
            }
        }
        return fields;
    }

    @Override
    public void written(TenantId tenant, Changes changes) {
        redis.call(
                Command.HSET,
                PresenceKeys.meta(tenant),
                KEPT,
                changes.position(),
                KEPT_NUMBER,
                Long.toString(changes.list().getLast().number()));
    }

    private static String millis(Instant at) {
        return Long.toString(Math.max(0, at.toEpochMilli()));
    }
}
