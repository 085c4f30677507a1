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
    private static final String AT_ONCE = "5000";

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
        Map<String, Long> closed =
                redis.scored(
                        Command.ZRANGEBYSCORE,
                        LedgerKeys.closed(tenant),
                        "-inf",
                        Long.toString(at.minus(config.closedLife()).toEpochMilli()),
                        "WITHSCORES",
                        "LIMIT",
                        "0",
                        AT_ONCE);
        Map<String, Instant> settled = new LinkedHashMap<>();
        List<String> connections = new ArrayList<>();
        for (Map.Entry<String, Long> entry : closed.entrySet()) {
            String connection = entry.getKey();
            String source = connection.substring(0, connection.lastIndexOf('/'));
            Instant limit =
                    Optional.ofNullable(sources.get(source))
                            .map(through -> through.minus(config.closedLife()))
                            .orElseGet(() -> at.minus(config.detailLife()));
            if (entry.getValue() <= limit.toEpochMilli()) {
                settled.put(source, limit);
                connections.add(connection);
            }
        }
        if (!connections.isEmpty()) {
            drop(tenant, settled, connections);
        }
    }

    private void drop(TenantId tenant, Map<String, Instant> settled, List<String> connections) {
        Arguments arguments = new Arguments().add(settled.size());
        settled.forEach((source, through) -> arguments.add(source).add(through));
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
                        AT_ONCE);
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
