package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.BillingConfig;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.LedgerArchive;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.TenantBatch;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** The ledger in Redis: alone or a cluster, of version 6.2 or newer. */
@ApplicationScoped
public class RedisLedger implements Ledger {

    private static final Logger LOG = Logger.getLogger(RedisLedger.class);

    private final RedisCalls redis;
    private final LedgerConfig config;
    private final ApplyCalls calls;
    private final Restorer restorer;
    private final DirtyTenants dirty;
    private final GlobalTotals global;
    private final Pins pins;
    private final SourceRegister sources;
    private final Settlement settlement;
    private final RedisPulse pulse;
    private final RecentReadings recent = new RecentReadings();
    private volatile boolean repairDue;

    @Inject
    public RedisLedger(
            Redis redis,
            LedgerConfig config,
            BillingConfig billing,
            LedgerArchive archive,
            ObjectMapper mapper) {
        LedgerJson json = new LedgerJson(mapper);
        this.redis = new RedisCalls(redis, config.timeout());
        this.config = config;
        this.calls = new ApplyCalls(config, BookingTime.Rules.of(config, billing), json);
        this.restorer = new Restorer(this.redis, config, archive, json);
        this.dirty = new DirtyTenants(this.redis);
        this.global = new GlobalTotals(this.redis);
        this.pins = new Pins(this.redis, config.detailLife());
        this.sources = new SourceRegister(this.redis, dirty, json, config.detailLife());
        this.settlement = new Settlement(this.redis, config, json, pins);
        this.pulse = new RedisPulse(this.redis);
    }

    @Override
    public Map<Long, ConnectionOwner.Agent> pin(
            String serverId, Map<Long, ConnectionOwner.Agent> seen) {
        return pins.pin(serverId, seen);
    }

    @Override
    public Map<Long, ConnectionOwner.Agent> pinned(String serverId, Collection<Long> connections) {
        return pins.pinned(serverId, connections);
    }

    /** What became of a batch. */
    private sealed interface Result {

        record Done(Applied applied, Response totals) implements Result {}

        record Unrestored(TenantBatch batch) implements Result {}

        record Failed() implements Result {}
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
        Set<TenantId> tenants = new LinkedHashSet<>();
        batches.forEach(batch -> tenants.add(batch.tenant()));
        dirty.mark(tenants);

        List<Result> results = new ArrayList<>(applyAll(batches));
        List<TenantBatch> again = bringBack(results);
        if (!again.isEmpty()) {
            results.addAll(applyAll(again));
        }

        List<Applied> applied = new ArrayList<>();
        Map<TenantId, Response> totals = new LinkedHashMap<>();
        for (Result result : results) {
            if (result instanceof Result.Done(var done, var answer)) {
                applied.add(done);
                recent.add(done.batch());
                totals.put(done.batch().tenant(), answer);
            }
        }
        if (!totals.isEmpty()) {
            global.addAnswers(batches.iterator().next().at(), totals);
            dirty.mark(totals.keySet());
        }
        return applied;
    }

    private List<Result> applyAll(Collection<TenantBatch> batches) {
        return redis.await(
                        Multi.createFrom()
                                .iterable(batches)
                                .onItem()
                                .transformToUni(this::applyOne)
                                .merge(config.concurrency())
                                .collect()
                                .asList(),
                        Script.APPLY.name())
                .orElseGet(List::of);
    }

    /**
     * Applies a batch in as many scripts as it takes, one after the other. When it fails on the way
     * the batch is offered again as a whole.
     */
    private Uni<Result> applyOne(TenantBatch batch) {
        List<ApplyCall> parts = calls.of(batch);
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(
                        part -> redis.evaluate(Script.APPLY, part.keys(), part.arguments()))
                .collect()
                .asList()
                .map(answers -> {
                    Map<String, Traffic> moved = new HashMap<>();
                    for (int i = 0; i < answers.size(); i++) {
                        moved.putAll(parts.get(i).moved(answers.get(i)));
                    }
                    return (Result) new Result.Done(new Applied(batch, moved), answers.getLast());
                })
                .onFailure()
                .recoverWithItem(failure -> failed(batch, failure));
    }

    private static Result failed(TenantBatch batch, Throwable failure) {
        if (RedisCalls.isUnrestored(failure)) {
            return new Result.Unrestored(batch);
        }
        LOG.warnf(
                "Readings not applied, will retry: tenant=%s reason=%s",
                batch.tenant(), failure.getMessage());
        return new Result.Failed();
    }

    /** The batches whose tenants had to be brought back and are there now. */
    private List<TenantBatch> bringBack(List<Result> results) {
        List<TenantBatch> back = new ArrayList<>();
        for (Result result : results) {
            if (result instanceof Result.Unrestored(var batch)) {
                try {
                    restorer.restore(batch.tenant());
                    back.add(batch);
                } catch (LedgerUnavailableException e) {
                    LOG.warnf(
                            "Ledger not brought back, readings wait: tenant=%s reason=%s",
                            batch.tenant(), e.getMessage());
                }
            }
        }
        return back;
    }

    @Override
    public void readThrough(Map<ReadingSource, Instant> through) {
        if (!through.isEmpty()) {
            repairLostTime();
            if (redis.call(Command.EXISTS, RedisKeys.RESTORED).orElseThrow().toLong() == 0) {
                throw new LedgerUnavailableException(
                        "Redis was emptied and is not brought back yet",
                        new IllegalStateException());
            }
            sources.readThrough(through);
        }
    }

    /**
     * A Redis that was killed, or whose replica took over, may come back with its last second
     * missing, totals and positions alike; one that was emptied is brought back as it was last
     * written. What was applied since is applied again.
     */
    private void repairLostTime() {
        if (pulse.hasGoneBack()) {
            repairDue = true;
        }
        if (repairDue) {
            List<TenantBatch> batches = recent.all();
            LOG.warnf("Redis has gone back in time, applying again: tenants=%d", batches.size());
            if (apply(batches).size() < batches.size()) {
                throw new LedgerUnavailableException(
                        "Redis failed while it was repaired", new IllegalStateException());
            }
            repairDue = false;
        } else {
            recent.confirmed();
        }
    }

    @Override
    public Map<String, Instant> sources() {
        return sources.sources();
    }

    @Override
    public void leave(String sourceKey, Instant at) {
        sources.leave(sourceKey, at);
    }

    @Override
    public void settle(Instant at) {
        Map<String, Instant> live = sources();
        dirty.allTenants().forEach(tenant -> settlement.settle(tenant, live, at));
    }
}
