package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which tenants there are in the ledger, and which of them may have something to be written. */
final class DirtyTenants {

    private final RedisCalls redis;

    DirtyTenants(RedisCalls redis) {
        this.redis = redis;
    }

    /** Every tenant that has ever used anything. */
    List<TenantId> allTenants() {
        return tenants(redis.list(Command.HKEYS, RedisKeys.GLOBAL_TENANTS));
    }

    List<TenantId> dirty() {
        return tenants(redis.list(Command.SMEMBERS, RedisKeys.DIRTY_TENANTS));
    }

    void mark(Collection<TenantId> tenants) {
        if (tenants.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>();
        arguments.add(RedisKeys.DIRTY_TENANTS);
        tenants.forEach(tenant -> arguments.add(tenant.value()));
        redis.call(Command.SADD, arguments);
    }

    /** Drops the marks up to a revision; the tenant leaves the set with its last. */
    void written(TenantId tenant, long revision) {
        redis.call(
                Command.ZREMRANGEBYSCORE, RedisKeys.dirty(tenant), "-inf", Long.toString(revision));
        if (marks(tenant) == 0) {
            redis.call(Command.SREM, RedisKeys.DIRTY_TENANTS, tenant.value());
            look(tenant);
        }
    }

    /** Has a tenant looked at again, in case a crash kept it from being marked. */
    void look(TenantId tenant) {
        if (marks(tenant) > 0) {
            mark(List.of(tenant));
        }
    }

    private long marks(TenantId tenant) {
        return redis.call(Command.ZCARD, RedisKeys.dirty(tenant)).map(Response::toLong).orElse(0L);
    }

    private static List<TenantId> tenants(List<String> ids) {
        return ids.stream().map(TenantId::parse).flatMap(Optional::stream).toList();
    }
}
