package ai.artcafe.tracker.flow.store;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.tracker.flow.FlowFeedConfig;
import ai.artcafe.tracker.flow.FlowShare;
import ai.artcafe.tracker.flow.FlowStore;
import ai.artcafe.tracker.flow.FlowStoreException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The trackers' shares of the flow in Redis, under the keys of {@link RedisKeys}. */
@ApplicationScoped
public class RedisFlowStore implements FlowStore {

    private static final Logger LOG = Logger.getLogger(RedisFlowStore.class);

    /** After its end, until every tracker has written its share of a minute. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** A tracker that has told nothing for so long is forgotten. */
    private static final Duration GONE = Duration.ofMinutes(10);

    private final Redis redis;
    private final FlowFeedConfig config;

    @Inject
    public RedisFlowStore(Redis redis, FlowFeedConfig config) {
        this.redis = redis;
        this.config = config;
    }

    private volatile Instant swept = Instant.EPOCH;

    private record Answer(TenantId tenant, boolean isWritten) {}

    @Override
    public Set<TenantId> write(String tracker, Collection<FlowShare> shares) {
        Map<TenantId, List<FlowShare>> byTenant = new LinkedHashMap<>();
        shares.forEach(share ->
                byTenant.computeIfAbsent(share.tenant(), _ -> new ArrayList<>()).add(share));
        Set<TenantId> missing = ConcurrentHashMap.newKeySet();
        missing.addAll(byTenant.keySet());
        try {
            Multi.createFrom()
                    .iterable(byTenant.entrySet())
                    .onItem()
                    .transformToUni(entry -> write(tracker, entry.getKey(), entry.getValue()))
                    .merge(config.concurrency())
                    .invoke(answer -> {
                        if (answer.isWritten()) {
                            missing.remove(answer.tenant());
                        }
                    })
                    .onItem()
                    .ignoreAsUni()
                    .await()
                    .atMost(config.timeout());
        } catch (RuntimeException e) {
            LOG.debugf(e, "Flow not written in time: tenants=%d", missing.size());
        }
        Set<TenantId> failed = Set.copyOf(missing);
        try {
            due(shares, failed);
        } catch (RuntimeException e) {
            LOG.debugf(e, "Flow not put down as due: tenants=%d", byTenant.size());
            return byTenant.keySet();
        }
        return failed;
    }

    /** All in one go: a tenant's keys are on one slot of a cluster. */
    private Uni<Answer> write(String tracker, TenantId tenant, List<FlowShare> shares) {
        List<Request> requests = new ArrayList<>();
        for (FlowShare share : shares) {
            if (!share.seconds().isEmpty()) {
                String key = RedisKeys.flowSeconds(tenant, share.minute());
                Request set = Request.cmd(Command.HSET).arg(key);
                share.seconds()
                        .forEach((second, seen) ->
                                set.arg(second + "|" + tracker)
                                        .arg(seen.messages() + " " + seen.bytes()));
                requests.add(set);
                requests.add(expire(key, config.secondLife()));
            }
            share.sketches()
                    .ifPresent(sketches -> {
                        String key = RedisKeys.flowMinute(tenant, share.minute());
                        requests.add(
                                Request.cmd(Command.HSET)
                                        .arg(key)
                                        .arg(tracker)
                                        .arg(Buffer.buffer(sketches.flow())));
                        requests.add(expire(key, config.minuteLife()));
                    });
        }
        return redis.batch(requests)
                .map(_ -> new Answer(tenant, true))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.debugf(failure, "Flow not written: tenant=%s", tenant);
                    return new Answer(tenant, false);
                });
    }

    private static Request expire(String key, Duration life) {
        return Request.cmd(Command.EXPIRE).arg(key).arg(Long.toString(life.toSeconds()));
    }

    /** One that was rolled up already, and has changed since, is due again at once. */
    private void due(Collection<FlowShare> shares, Set<TenantId> missing) {
        Request add = Request.cmd(Command.ZADD).arg(RedisKeys.FLOW_DUE).arg("NX");
        boolean isAny = false;
        for (FlowShare share : shares) {
            if (share.sketches().isPresent() && !missing.contains(share.tenant())) {
                isAny = true;
                add.arg(
                        Long.toString(
                                FlowSpan.MINUTE.end(share.minute()).plus(GRACE).toEpochMilli()));
                add.arg(
                        FlowSpan.MINUTE.mark()
                                + " "
                                + share.tenant()
                                + " "
                                + FlowSpan.MINUTE.label(share.minute()));
            }
        }
        if (isAny) {
            redis.send(add).await().atMost(config.timeout());
        }
    }

    @Override
    public void told(String tracker, Instant through) {
        send(
                Request.cmd(Command.HSET)
                        .arg(RedisKeys.FLOW_TRACKERS)
                        .arg(tracker)
                        .arg(Long.toString(through.toEpochMilli())));
        if (swept.plus(GONE).isBefore(through)) {
            swept = through;
            sweep(through.minus(GONE));
        }
    }

    /** Those that ended without a word. */
    private void sweep(Instant before) {
        Map<String, String> told =
                pairs(send(Request.cmd(Command.HGETALL).arg(RedisKeys.FLOW_TRACKERS)));
        told.forEach((tracker, through) -> {
            if (Long.parseLong(through) < before.toEpochMilli()) {
                leave(tracker);
            }
        });
    }

    private static Map<String, String> pairs(Response response) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (!response.isArray()) {
            response.getKeys().forEach(name -> pairs.put(name, response.get(name).toString()));
            return pairs;
        }
        for (int i = 0; i + 1 < response.size(); i += 2) {
            pairs.put(response.get(i).toString(), response.get(i + 1).toString());
        }
        return pairs;
    }

    @Override
    public void leave(String tracker) {
        send(Request.cmd(Command.HDEL).arg(RedisKeys.FLOW_TRACKERS).arg(tracker));
    }

    private Response send(Request request) {
        try {
            return redis.send(request).await().atMost(config.timeout());
        } catch (RuntimeException e) {
            throw new FlowStoreException("Redis failed at the trackers of the flow", e);
        }
    }
}
