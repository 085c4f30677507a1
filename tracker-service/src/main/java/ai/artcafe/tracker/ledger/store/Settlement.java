package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Gap;
import io.vertx.mutiny.redis.client.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Forgets what can be of no consequence any more, so that the ledger does not grow for ever. */
final class Settlement {

    private static final Logger LOG = Logger.getLogger(Settlement.class);

    /** How much of a tenant is dropped in one go. */
    private static final int AT_ONCE = 5000;

    private final RedisCalls redis;
    private final LedgerConfig config;
    private final LedgerJson json;
    private final Pins pins;

    Settlement(RedisCalls redis, LedgerConfig config, LedgerJson json, Pins pins) {
        this.redis = redis;
        this.config = config;
        this.json = json;
        this.pins = pins;
    }

    /**
     * @param sources up to when each live source has been read
     */
    void settle(TenantId tenant, Map<String, Instant> sources, Instant at) {
        dropPositions(tenant, sources, at);
        Map<String, String> meta = redis.hash(LedgerKeys.meta(tenant));
        retire(tenant, Retirement.of(meta, sources.keySet(), at.minus(config.detailLife())));
        dropAdjustments(tenant, at.minus(config.detailLife()));
        dropGaps(tenant, at.minus(config.detailLife()));
    }

    /**
     * A closed connection may go when its source has been read through well after it closed, or has
     * been gone for long.
     */
    private void dropPositions(TenantId tenant, Map<String, Instant> sources, Instant at) {
        int stay = 0;
        Map<String, Long> page;
        do {
            page =
                    redis.scored(
                            Command.ZRANGEBYSCORE,
                            LedgerKeys.closed(tenant),
                            "-inf",
                            Long.toString(at.minus(config.closedLife()).toEpochMilli()),
                            "WITHSCORES",
                            "LIMIT",
                            Integer.toString(stay),
                            Integer.toString(AT_ONCE));
            stay += page.size() - drop(tenant, page, sources, at);
        } while (page.size() == AT_ONCE);
    }

    /**
     * @param closed since when, by connection key (epoch ms)
     * @return how many were dropped
     */
    private int drop(
            TenantId tenant, Map<String, Long> closed, Map<String, Instant> sources, Instant at) {
        Map<String, Instant> settled = new LinkedHashMap<>();
        List<String> connections = new ArrayList<>();
        closed.forEach((connection, since) -> {
            String source = connection.substring(0, connection.lastIndexOf('/'));
            Instant limit =
                    Optional.ofNullable(sources.get(source))
                            .map(through -> through.minus(config.closedLife()))
                            .orElseGet(() -> at.minus(config.detailLife()));
            if (since <= limit.toEpochMilli()) {
                settled.put(source, limit);
                connections.add(connection);
            }
        });
        if (connections.isEmpty()) {
            return 0;
        }
        Arguments arguments = new Arguments().add(settled.size());
        settled.forEach((source, through) ->
                arguments.add(source).add(through).add(sources.containsKey(source)));
        List<String> dropped =
                RedisCalls.strings(
                        redis.run(
                                Script.SETTLE,
                                List.of(
                                        RedisKeys.positions(tenant),
                                        LedgerKeys.closed(tenant),
                                        LedgerKeys.meta(tenant),
                                        RedisKeys.dirty(tenant)),
                                arguments.addAll(connections).list()));
        pins.unpin(dropped);
        LOG.debugf("Positions dropped: tenant=%s connections=%d", tenant, dropped.size());
        return dropped.size();
    }

    private void retire(TenantId tenant, List<Retirement> retirements) {
        if (retirements.isEmpty()) {
            return;
        }
        Arguments arguments = new Arguments().add(retirements.size());
        for (Retirement retirement : retirements) {
            arguments.add(retirement.into().orElse("")).add(retirement.fields().size());
            retirement.fields().forEach((name, value) -> arguments.add(name).add(value));
        }
        redis.run(Script.RETIRE, List.of(LedgerKeys.meta(tenant)), arguments.list());
    }

    private void dropAdjustments(TenantId tenant, Instant before) {
        List<String> old =
                redis.list(
                        Command.ZRANGEBYSCORE,
                        LedgerKeys.adjustmentAges(tenant),
                        "-inf",
                        Long.toString(before.toEpochMilli()),
                        "LIMIT",
                        "0",
                        Integer.toString(AT_ONCE));
        if (!old.isEmpty()) {
            delete(Command.HDEL, RedisKeys.adjustments(tenant), old);
            delete(Command.ZREM, LedgerKeys.adjustmentAges(tenant), old);
        }
    }

    private void dropGaps(TenantId tenant, Instant before) {
        List<String> old = new ArrayList<>();
        redis.hash(RedisKeys.gaps(tenant))
                .forEach((source, text) -> {
                    if (json.read(text, Gap.class).to().isBefore(before)) {
                        old.add(source);
                    }
                });
        if (!old.isEmpty()) {
            delete(Command.HDEL, RedisKeys.gaps(tenant), old);
        }
    }

    private void delete(Command command, String key, List<String> members) {
        List<String> arguments = new ArrayList<>(members.size() + 1);
        arguments.add(key);
        arguments.addAll(members);
        redis.call(command, arguments);
    }
}
