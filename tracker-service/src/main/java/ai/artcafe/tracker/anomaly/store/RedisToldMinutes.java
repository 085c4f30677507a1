package ai.artcafe.tracker.anomaly.store;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.tracker.anomaly.ToldMinutes;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.reconcile.StoreUnavailableException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Silence, from what the trackers tell in Redis: a minute is silent when a tap has told of a time
 * after it, and neither a tap nor the ledger has anything of the tenant in it.
 */
@ApplicationScoped
public class RedisToldMinutes implements ToldMinutes {

    private final Redis redis;
    private final LedgerConfig config;

    @Inject
    public RedisToldMinutes(Redis redis, LedgerConfig config) {
        this.redis = redis;
        this.config = config;
    }

    @Override
    public Set<TenantId> silent(Collection<TenantId> tenants, Instant minute) {
        Instant end = FlowSpan.MINUTE.end(minute);
        Response trackers =
                await(redis.send(Request.cmd(Command.HVALS).arg(RedisKeys.FLOW_TRACKERS)));
        boolean heard = false;
        for (int i = 0; i < trackers.size(); i++) {
            heard |= !Instant.ofEpochMilli(trackers.get(i).toLong()).isBefore(end);
        }
        return heard ? silentOf(tenants, minute) : Set.of();
    }

    private Set<TenantId> silentOf(Collection<TenantId> tenants, Instant minute) {
        return await(
                        Multi.createFrom()
                                .iterable(tenants)
                                .onItem()
                                .transformToUni(tenant -> isSilent(tenant, minute))
                                .merge(config.concurrency())
                                .collect()
                                .asList())
                .stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private Uni<Optional<TenantId>> isSilent(TenantId tenant, Instant minute) {
        return redis.send(
                        Request.cmd(Command.EXISTS)
                                .arg(RedisKeys.flowMinute(tenant, minute))
                                .arg(RedisKeys.flowAgents(tenant, minute)))
                .map(found -> found.toLong() == 0 ? Optional.of(tenant) : Optional.empty());
    }

    private <T> T await(Uni<T> answer) {
        try {
            return answer.await().atMost(config.timeout());
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("Redis failed at the minutes told", e);
        }
    }
}
