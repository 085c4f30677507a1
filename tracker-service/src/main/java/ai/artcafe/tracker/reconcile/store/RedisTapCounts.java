package ai.artcafe.tracker.reconcile.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.reconcile.TapCounts;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The taps' counts in Redis: for each tenant a hash {@code tracker → <messages> <bytes>}. A tracker
 * that restarts counts under a new name.
 */
@ApplicationScoped
public class RedisTapCounts implements TapCounts {

    private final Redis redis;
    private final LedgerConfig config;

    @Inject
    public RedisTapCounts(Redis redis, LedgerConfig config) {
        this.redis = redis;
        this.config = config;
    }

    private record Told(TenantId tenant, Traffic sum) {}

    @Override
    public void tell(String tracker, Map<TenantId, Traffic> counted, Instant at) {
        await(
                Multi.createFrom()
                        .iterable(counted.entrySet())
                        .onItem()
                        .transformToUni(entry -> tell(tracker, entry.getKey(), entry.getValue()))
                        .merge(config.concurrency())
                        .collect()
                        .last());
    }

    private Uni<Response> tell(String tracker, TenantId tenant, Traffic counted) {
        String key = RedisKeys.tapCounts(tenant);
        return redis.send(
                        Request.cmd(Command.HSET)
                                .arg(key)
                                .arg(tracker)
                                .arg(counted.messages() + " " + counted.bytes()))
                .flatMap(_ ->
                        redis.send(
                                Request.cmd(Command.EXPIRE)
                                        .arg(key)
                                        .arg(Long.toString(config.detailLife().toSeconds()))));
    }

    @Override
    public Map<TenantId, Traffic> seen(Collection<TenantId> tenants) {
        List<Told> told =
                await(
                        Multi.createFrom()
                                .iterable(tenants)
                                .onItem()
                                .transformToUni(tenant ->
                                        redis.send(
                                                        Request.cmd(Command.HVALS)
                                                                .arg(RedisKeys.tapCounts(tenant)))
                                                .map(values -> new Told(tenant, sum(values))))
                                .merge(config.concurrency())
                                .collect()
                                .asList());
        Map<TenantId, Traffic> seen = new HashMap<>();
        told.forEach(one -> seen.put(one.tenant(), one.sum()));
        return seen;
    }

    private static Traffic sum(Response values) {
        Traffic sum = Traffic.NONE;
        for (int i = 0; i < values.size(); i++) {
            String text = values.get(i).toString();
            int space = text.indexOf(' ');
            sum =
                    sum.plus(
                            Long.parseLong(text, 0, space, 10),
                            Long.parseLong(text, space + 1, text.length(), 10));
        }
        return sum;
    }

    private <T> T await(Uni<T> answer) {
        try {
            return answer.await().atMost(config.timeout());
        } catch (RuntimeException e) {
            throw new LedgerUnavailableException("Redis failed at the taps' counts", e);
        }
    }
}
