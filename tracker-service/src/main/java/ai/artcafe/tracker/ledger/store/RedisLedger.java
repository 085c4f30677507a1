package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.TenantBatch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** The ledger in Redis: alone or a cluster, of version 6.2 or newer. */
@ApplicationScoped
public class RedisLedger implements Ledger {

    private static final Logger LOG = Logger.getLogger(RedisLedger.class);

    /** How many connections of a lost source one script closes. */
    private static final int LOST_PER_SCRIPT = 500;

    /** How many closed connections of a tenant are dropped in one go. */
    private static final String SETTLED_AT_ONCE = "5000";

    /** What the key of a NATS server's connection begins with. */
    private static final String NATS = "n:";

    private final RedisCalls redis;
    private final LedgerConfig config;
    private final RedisPulse pulse;
    private final RecentBatches recent = new RecentBatches();
    private volatile boolean repairDue;

    @Inject
    public RedisLedger(Redis redis, LedgerConfig config) {
        this.redis = new RedisCalls(redis, config.timeout());
        this.pulse = new RedisPulse(this.redis);
        this.config = config;
    }

    @Override
    public Map<Long, ConnectionOwner.Agent> pin(
            String serverId, Map<Long, ConnectionOwner.Agent> seen) {
        if (seen.isEmpty()) {
            return Map.of();
        }
        List<Long> connections = new ArrayList<>(seen.size());
        List<String> arguments = new ArrayList<>();
        arguments.add(seconds(config.detailLife()));
        seen.forEach((connection, agent) -> {
            connections.add(connection);
            arguments.add(connection.toString());
            arguments.add(agent.userName());
        });
        Response owners = redis.run(Script.PIN, List.of(RedisKeys.pins(serverId)), arguments);
        Map<Long, ConnectionOwner.Agent> pinned = new HashMap<>();
        for (int i = 0; i < connections.size(); i++) {
            String owner = owners.get(i).toString();
            if (ConnectionOwner.parse(owner).orElse(null) instanceof ConnectionOwner.Agent agent) {
                pinned.put(connections.get(i), agent);
            }
        }
        return pinned;
    }

    @Override
    public Map<Long, ConnectionOwner.Agent> pinned(String serverId, Collection<Long> connections) {
        Map<Long, ConnectionOwner.Agent> pinned = new HashMap<>();
        redis.fields(
                        RedisKeys.pins(serverId),
                        connections.stream().map(cid -> cid.toString()).toList())
                .forEach((cid, owner) -> {
                    if (ConnectionOwner.parse(owner).orElse(null)
                            instanceof ConnectionOwner.Agent agent) {
                        pinned.put(Long.valueOf(cid), agent);
                    }
                });
        return pinned;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Tenants are marked as dirty before and after: before, so that a crash cannot leave marks
     * that no one looks for; after, because the marks may have been cleared in between.
     */
    @Override
    public List<Applied> apply(Collection<TenantBatch> batches) {
        if (batches.isEmpty()) {
            return List.of();
        }
        Set<TenantId> tenants = new HashSet<>();
        batches.forEach(batch -> tenants.add(batch.tenant()));
        markDirty(tenants);

        Map<TenantId, List<Response>> totals = new LinkedHashMap<>();
        List<Applied> applied =
                redis.await(
                                Multi.createFrom()
                                        .iterable(batches)
                                        .onItem()
                                        .transformToUni(this::applyParts)
                                        .merge(config.concurrency())
                                        .filter(result -> !result.totals.isEmpty())
                                        .onItem()
                                        .invoke(result ->
                                                totals.put(
                                                        result.applied.batch().tenant(),
                                                        result.totals))
                                        .map(result -> result.applied)
                                        .collect()
                                        .asList(),
                                Script.APPLY.name())
                        .orElseGet(List::of);
        applied.forEach(done -> recent.add(done.batch()));
        if (!totals.isEmpty()) {
            addUp(batches.iterator().next().at(), totals);
            markDirty(totals.keySet());
        }
        return applied;
    }

    private record Result(Applied applied, List<Response> totals) {}

    /**
     * Applies a batch in as many scripts as it takes, one after the other. No totals when it failed
     * on the way: the batch is offered again as a whole.
     */
    private Uni<Result> applyParts(TenantBatch batch) {
        List<ApplyCall> calls = ApplyCall.of(batch, config);
        Result none = new Result(new Applied(batch, Map.of()), List.of());
        return Multi.createFrom()
                .iterable(calls)
                .onItem()
                .transformToUniAndConcatenate(
                        call -> redis.evaluate(Script.APPLY, call.keys(), call.arguments()))
                .collect()
                .asList()
                .map(answers -> {
                    Map<String, Traffic> moved = new HashMap<>();
                    for (int i = 0; i < answers.size(); i++) {
                        moved.putAll(calls.get(i).moved(answers.get(i)));
                    }
                    return new Result(new Applied(batch, moved), List.of(answers.getLast()));
                })
                .onFailure()
                .invoke(failure ->
                        LOG.warnf(
                                "Readings not applied, will retry: tenant=%s reason=%s",
                                batch.tenant(), failure.getMessage()))
                .onFailure()
                .recoverWithItem(none);
    }

    private void addUp(Instant at, Map<TenantId, List<Response>> totals) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(at.toEpochMilli()));
        totals.forEach((tenant, answers) -> {
            arguments.add(tenant.value());
            for (int i = 0; i < ApplyCall.TOTALS; i++) {
                arguments.add(answers.getLast().get(i).toString());
            }
        });
        redis.run(Script.GLOBAL, List.of(RedisKeys.GLOBAL, RedisKeys.GLOBAL_TENANTS), arguments);
    }

    private void markDirty(Set<TenantId> tenants) {
        List<String> arguments = new ArrayList<>();
        arguments.add(RedisKeys.DIRTY_TENANTS);
        tenants.forEach(tenant -> arguments.add(tenant.value()));
        redis.call(Command.SADD, arguments);
    }

    @Override
    public void readThrough(Map<ReadingSource, Instant> through) {
        if (through.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>();
        through.forEach((source, at) -> {
            arguments.add(source.key());
            arguments.add(Long.toString(at.toEpochMilli()));
        });
        repairLostSecond();
        redis.run(Script.THROUGH, List.of(RedisKeys.SOURCES), arguments);
    }

    /**
     * A Redis that was killed, or whose replica took over, may come back with its last second
     * missing, totals and positions alike. What was applied in it is applied again.
     */
    private void repairLostSecond() {
        if (pulse.hasGoneBack()) {
            repairDue = true;
        }
        if (repairDue) {
            List<TenantBatch> batches = recent.all();
            LOG.warnf("Redis has gone back in time, applying again: batches=%d", batches.size());
            for (TenantBatch batch : batches) {
                if (apply(List.of(batch)).isEmpty()) {
                    throw new LedgerUnavailableException(
                            "Redis failed while it was repaired", new IllegalStateException());
                }
            }
            repairDue = false;
        } else {
            recent.confirmed();
        }
    }

    @Override
    public Map<String, Instant> sources() {
        Map<String, Instant> sources = new HashMap<>();
        redis.hash(RedisKeys.SOURCES)
                .forEach((key, at) -> sources.put(key, Instant.ofEpochMilli(Long.parseLong(at))));
        return sources;
    }

    @Override
    public void leave(String sourceKey, Instant at) {
        for (String tenant : redis.list(Command.HKEYS, RedisKeys.GLOBAL_TENANTS)) {
            TenantId.parse(tenant).ifPresent(id -> loseConnections(id, sourceKey, at));
        }
        redis.call(Command.HDEL, RedisKeys.SOURCES, sourceKey);
    }

    private void loseConnections(TenantId tenant, String sourceKey, Instant at) {
        List<String> open = new ArrayList<>();
        String cursor = "0";
        do {
            Response page =
                    redis.call(
                                    Command.HSCAN,
                                    RedisKeys.positions(tenant),
                                    cursor,
                                    "MATCH",
                                    sourceKey + "/*",
                                    "COUNT",
                                    "1000")
                            .orElseThrow();
            cursor = page.get(0).toString();
            RedisCalls.pairs(page.get(1))
                    .forEach((connection, position) -> {
                        if (Position.parse(position).state() == Position.State.OPEN) {
                            open.add(connection);
                        }
                    });
        } while (!cursor.equals("0"));
        for (int from = 0; from < open.size(); from += LOST_PER_SCRIPT) {
            List<String> arguments = new ArrayList<>();
            arguments.add(Long.toString(at.toEpochMilli()));
            arguments.addAll(open.subList(from, Math.min(from + LOST_PER_SCRIPT, open.size())));
            redis.run(
                    Script.LOSE,
                    List.of(
                            RedisKeys.positions(tenant),
                            RedisKeys.openConnections(tenant),
                            RedisKeys.dirty(tenant),
                            LedgerKeys.meta(tenant),
                            LedgerKeys.closed(tenant)),
                    arguments);
        }
        if (!open.isEmpty()) {
            markDirty(Set.of(tenant));
            LOG.warnf(
                    "Open connections lost with their source: tenant=%s source=%s connections=%d",
                    tenant, sourceKey, open.size());
        }
    }

    @Override
    public void settle(Instant at) {
        Map<String, Instant> sources = sources();
        for (String tenant : redis.list(Command.HKEYS, RedisKeys.GLOBAL_TENANTS)) {
            TenantId.parse(tenant).ifPresent(id -> settle(id, sources, at));
        }
    }

    /**
     * A closed connection may go when its source has been read through well after it closed, or has
     * been gone for long.
     */
    private void settle(TenantId tenant, Map<String, Instant> sources, Instant at) {
        Map<String, Long> closed =
                redis.scored(
                        Command.ZRANGEBYSCORE,
                        LedgerKeys.closed(tenant),
                        "-inf",
                        Long.toString(at.minus(config.closedLife()).toEpochMilli()),
                        "WITHSCORES",
                        "LIMIT",
                        "0",
                        SETTLED_AT_ONCE);
        Map<String, Long> settled = new LinkedHashMap<>();
        List<String> connections = new ArrayList<>();
        for (Map.Entry<String, Long> entry : closed.entrySet()) {
            String connection = entry.getKey();
            long closedAt = entry.getValue();
            String source = connection.substring(0, connection.lastIndexOf('/'));
            Instant limit =
                    Optional.ofNullable(sources.get(source))
                            .map(through -> through.minus(config.closedLife()))
                            .orElseGet(() -> at.minus(config.detailLife()));
            if (closedAt <= limit.toEpochMilli()) {
                settled.merge(source, closedAt, Math::max);
                connections.add(connection);
            }
        }
        if (!connections.isEmpty()) {
            drop(tenant, settled, connections);
        }
    }

    private void drop(TenantId tenant, Map<String, Long> settled, List<String> connections) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Integer.toString(settled.size()));
        settled.forEach((source, through) -> {
            arguments.add(source);
            arguments.add(through.toString());
        });
        arguments.addAll(connections);
        List<String> dropped =
                RedisCalls.strings(
                        redis.run(
                                Script.SETTLE,
                                List.of(
                                        RedisKeys.positions(tenant),
                                        LedgerKeys.closed(tenant),
                                        LedgerKeys.meta(tenant),
                                        RedisKeys.dirty(tenant)),
                                arguments));
        unpin(dropped);
        LOG.debugf("Positions dropped: tenant=%s connections=%d", tenant, dropped.size());
    }

    private void unpin(List<String> connections) {
        Map<String, List<String>> byServer = new HashMap<>();
        for (String connection : connections) {
            int slash = connection.lastIndexOf('/');
            if (connection.startsWith(NATS)) {
                byServer.computeIfAbsent(
                                RedisKeys.pins(connection.substring(NATS.length(), slash)),
                                key -> new ArrayList<>(List.of(key)))
                        .add(connection.substring(slash + 1));
            }
        }
        byServer.values().forEach(arguments -> redis.call(Command.HDEL, arguments));
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
