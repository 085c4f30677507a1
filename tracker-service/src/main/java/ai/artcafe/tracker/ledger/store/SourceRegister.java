package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.ReadingSource;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Up to when each source has been read, and what becomes of the connections of one that is lost.
 */
final class SourceRegister {

    private static final Logger LOG = Logger.getLogger(SourceRegister.class);

    /** How many connections of a lost source one script closes. */
    private static final int LOST_PER_SCRIPT = 500;

    private final RedisCalls redis;
    private final DirtyTenants dirty;
    private final LedgerJson json;
    private final Duration life;

    SourceRegister(RedisCalls redis, DirtyTenants dirty, LedgerJson json, Duration life) {
        this.redis = redis;
        this.dirty = dirty;
        this.json = json;
        this.life = life;
    }

    void readThrough(Map<ReadingSource, Instant> through) {
        Arguments arguments = new Arguments();
        through.forEach((source, at) -> arguments.add(source.key()).add(at));
        redis.run(Script.THROUGH, List.of(RedisKeys.SOURCES), arguments.list());
    }

    Map<String, Instant> sources() {
        Map<String, Instant> sources = new HashMap<>();
        redis.hash(RedisKeys.SOURCES)
                .forEach((key, at) -> sources.put(key, Instant.ofEpochMilli(Long.parseLong(at))));
        return sources;
    }

    void leave(String sourceKey, Instant at) {
        Instant through = sources().getOrDefault(sourceKey, at);
        Gap gap = new Gap(sourceKey, through.isAfter(at) ? at : through, at, 0, false);
        for (TenantId tenant : dirty.allTenants()) {
            loseConnections(tenant, gap, at);
        }
        redis.call(Command.HDEL, RedisKeys.SOURCES, sourceKey);
    }

    private void loseConnections(TenantId tenant, Gap gap, Instant at) {
        List<String> open = open(tenant, gap.source());
        long lost = 0;
        for (int from = 0; from < open.size(); from += LOST_PER_SCRIPT) {
            lost +=
                    redis.run(
                                    Script.LOSE,
                                    List.of(
                                            RedisKeys.positions(tenant),
                                            RedisKeys.openConnections(tenant),
                                            RedisKeys.dirty(tenant),
                                            LedgerKeys.meta(tenant),
                                            LedgerKeys.closed(tenant),
                                            RedisKeys.gaps(tenant)),
                                    new Arguments()
                                            .add(at)
                                            .add(gap.source())
                                            .add(json.body(gap))
                                            .add(life)
                                            .addAll(
                                                    open.subList(
                                                            from,
                                                            Math.min(
                                                                    from + LOST_PER_SCRIPT,
                                                                    open.size())))
                                            .list())
                            .toLong();
        }
        if (!open.isEmpty()) {
            dirty.mark(List.of(tenant));
            LOG.warnf(
                    "Open connections lost with their source: tenant=%s source=%s connections=%d",
                    tenant, gap.source(), lost);
        }
    }

    private List<String> open(TenantId tenant, String sourceKey) {
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
        return open;
    }
}
