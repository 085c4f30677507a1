package ai.artcafe.tracker;

import static org.awaitility.Awaitility.await;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a test sees in Redis, and does to it. */
public final class TestRedis {

    private final Redis redis;

    TestRedis(Redis redis) {
        this.redis = redis;
    }

    /** The minutes of a tenant's flow in Redis, all trackers' shares merged, and all in one. */
    public Flow flow(TenantId tenant) {
        Flow merged = new Flow();
        send(Command.KEYS, "flow:minute:{" + tenant + "}:*")
                .orElseThrow()
                .forEach(key ->
                        send(Command.HVALS, key.toString())
                                .orElseThrow()
                                .forEach(share -> merged.merge(Flow.of(share.toBytes()))));
        return merged;
    }

    /** What each tracker's tap saw of a tenant, by the seconds in Redis. */
    public Map<String, Traffic> flowSeconds(TenantId tenant) {
        Map<String, Traffic> sums = new HashMap<>();
        send(Command.KEYS, "flow:seconds:{" + tenant + "}:*")
                .orElseThrow()
                .forEach(key ->
                        hash(key.toString())
                                .forEach((field, value) -> {
                                    String[] seen = value.split(" ", 2);
                                    sums.merge(
                                            field.substring(field.indexOf('|') + 1),
                                            new Traffic(
                                                    Long.parseLong(seen[0]),
                                                    Long.parseLong(seen[1])),
                                            Traffic::plus);
                                }));
        return sums;
    }

    public Optional<Response> send(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return Optional.ofNullable(redis.send(request).await().atMost(Duration.ofSeconds(30)));
    }

    /** All keys with all they hold. */
    public Map<String, Buffer> dump() {
        Map<String, Buffer> dump = new LinkedHashMap<>();
        Response keys = send(Command.KEYS, "*").orElseThrow();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i).toString();
            dump.put(key, send(Command.DUMP, key).orElseThrow().toBuffer());
        }
        return dump;
    }

    /**
     * What the keys of a tenant hold: a hash's fields, a sorted set's members with their scores, a
     * set's members, a text under the empty name.
     */
    public Map<String, Map<String, String>> contents(TenantId tenant) {
        Map<String, Map<String, String>> contents = new LinkedHashMap<>();
        for (String key : keys(tenant)) {
            Map<String, String> content = new LinkedHashMap<>();
            switch (send(Command.TYPE, key).orElseThrow().toString()) {
                case "hash" -> content.putAll(hash(key));
                case "zset" ->
                        send(Command.ZRANGE, key, "0", "-1")
                                .orElseThrow()
                                .forEach(member ->
                                        content.put(
                                                member.toString(),
                                                send(Command.ZSCORE, key, member.toString())
                                                        .orElseThrow()
                                                        .toString()));
                case "set" ->
                        send(Command.SMEMBERS, key)
                                .orElseThrow()
                                .forEach(member -> content.put(member.toString(), ""));
                default -> content.put("", send(Command.GET, key).orElseThrow().toString());
            }
            contents.put(key, content);
        }
        return contents;
    }

    /** Drops all of a tenant. */
    public void wipe(TenantId tenant) {
        keys(tenant).forEach(key -> send(Command.DEL, key));
    }

    private List<String> keys(TenantId tenant) {
        List<String> keys = new ArrayList<>();
        send(Command.KEYS, "*{" + tenant + "}*")
                .orElseThrow()
                .forEach(key -> keys.add(key.toString()));
        return keys;
    }

    /** Puts Redis back to what it was, apart from expiry. */
    public void restore(Map<String, Buffer> dump) {
        lose();
        dump.forEach((key, value) ->
                redis.send(Request.cmd(Command.RESTORE).arg(key).arg("0").arg(value))
                        .await()
                        .atMost(Duration.ofSeconds(30)));
    }

    /** Empties Redis, for tests that begin anew: nothing is to be brought back. */
    public void clear() {
        lose();
        send(Command.SET, RedisKeys.RESTORED, "1");
    }

    /**
     * Waits until a tracker that runs has brought everything back: before that it applies nothing.
     */
    public void awaitRestored() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> send(Command.EXISTS, RedisKeys.RESTORED).orElseThrow().toLong() == 1);
    }

    /** Empties Redis. */
    public void lose() {
        send(Command.FLUSHALL);
    }

    public Map<String, String> hash(String key) {
        Map<String, String> hash = new LinkedHashMap<>();
        send(Command.HGETALL, key)
                .ifPresent(found -> {
                    if (!found.getKeys().isEmpty()) {
                        found.getKeys().forEach(name -> hash.put(name, found.get(name).toString()));
                    } else {
                        for (int i = 0; i + 1 < found.size(); i += 2) {
                            hash.put(found.get(i).toString(), found.get(i + 1).toString());
                        }
                    }
                });
        return hash;
    }

    public UsageTotals totals(TenantId tenant) {
        return UsageFields.read(hash(RedisKeys.tenant(tenant)));
    }

    public UsageTotals totals(TenantId tenant, Attribution agent) {
        return UsageFields.read(hash(RedisKeys.client(tenant, agent)));
    }

    public long open(TenantId tenant, AgentId agent) {
        return UsageFields.number(hash(RedisKeys.openConnections(tenant)), agent.value());
    }
}
