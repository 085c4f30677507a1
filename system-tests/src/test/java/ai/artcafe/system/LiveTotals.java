package ai.artcafe.system;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.UsageTotals;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The live totals in Redis, as no API shows them. */
final class LiveTotals implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;

    LiveTotals(URI redis) {
        this.redis = Redis.createClient(vertx, redis.toString());
    }

    /** All tenants together, as the trackers keep it. */
    UsageTotals global() {
        return UsageFields.read(hash(RedisKeys.GLOBAL));
    }

    /** All tenants together, added up. */
    UsageTotals sumOfTenants() {
        return tenants().stream()
                .map(tenant -> UsageFields.read(hash(RedisKeys.tenant(tenant))))
                .reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    private Collection<TenantId> tenants() {
        Set<TenantId> tenants = new HashSet<>();
        hash(RedisKeys.GLOBAL_TENANTS).keySet().forEach(id -> tenants.add(new TenantId(id)));
        return tenants;
    }

    /** Empties the whole of Redis. */
    void lose() {
        send(Request.cmd(Command.FLUSHALL));
    }

    /** What Redis has under the key, by field; empty when there is nothing. */
    Map<String, String> hash(String key) {
        Response answer = send(Request.cmd(Command.HGETALL).arg(key));
        Map<String, String> hash = new HashMap<>();
        for (String field : answer.getKeys()) {
            hash.put(field, answer.get(field).toString());
        }
        return hash;
    }

    private Response send(Request request) {
        try {
            return redis.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Redis did not answer", e);
        }
    }

    @Override
    public void close() {
        redis.close();
        vertx.close();
    }
}
