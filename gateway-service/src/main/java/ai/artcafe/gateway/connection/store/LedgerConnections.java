package ai.artcafe.gateway.connection.store;

import ai.artcafe.gateway.store.RedisBatch;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many connections agents have open at both doors, by the trackers' ledger in Redis. Blocks,
 * and throws {@link StoreAwayException} when Redis is away, or does not hold the whole ledger.
 */
@ApplicationScoped
public class LedgerConnections {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Redis redis;

    LedgerConnections(Redis redis) {
        this.redis = redis;
    }

    /** By source key, up to when its connections have been counted. */
    public Map<String, Instant> countedThrough() {
        List<@Nullable Response> whole =
                send(
                        List.of(
                                Request.cmd(Command.EXISTS).arg(RedisKeys.RESTORED),
                                Request.cmd(Command.HGETALL).arg(RedisKeys.SOURCES)));
        requireWhole(whole.getFirst());
        Map<String, Instant> through = new HashMap<>();
        Response sources = whole.get(1);
        if (sources != null) {
            sources.getKeys()
                    .forEach(key ->
                            through.put(key, Instant.ofEpochMilli(sources.get(key).toLong())));
        }
        return through;
    }

    /** How many each of these agents has open; one that is not in it has none. */
    public Map<ConnectionOwner.Agent, Long> open(Collection<ConnectionOwner.Agent> owners) {
        List<ConnectionOwner.Agent> all = List.copyOf(owners);
        List<@Nullable Response> counts = send(all.stream().map(LedgerConnections::count).toList());
        Map<ConnectionOwner.Agent, Long> open = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Response count = counts.get(i);
            if (count != null) {
                open.put(all.get(i), count.toLong());
            }
        }
        return open;
    }

    /**
     * Of one agent; 0 when the source has not been counted since then, as it may have had others.
     */
    public long open(ConnectionOwner.Agent owner, ReadingSource source, Instant since) {
        List<@Nullable Response> answers =
                send(
                        List.of(
                                Request.cmd(Command.EXISTS).arg(RedisKeys.RESTORED),
                                Request.cmd(Command.HGET).arg(RedisKeys.SOURCES).arg(source.key()),
                                count(owner)));
        requireWhole(answers.getFirst());
        Response through = answers.get(1);
        Response count = answers.get(2);
        boolean fresh = through != null && !Instant.ofEpochMilli(through.toLong()).isBefore(since);
        return fresh && count != null ? count.toLong() : 0;
    }

    private static Request count(ConnectionOwner.Agent owner) {
        return Request.cmd(Command.HGET)
                .arg(RedisKeys.openConnections(owner.tenant()))
                .arg(owner.agent().value());
    }

    private static void requireWhole(@Nullable Response restored) {
        if (restored == null || restored.toLong() == 0) {
            throw new StoreAwayException(
                    StoreOutages.REDIS, new IllegalStateException("the ledger is not there yet"));
        }
    }

    private List<@Nullable Response> send(List<Request> commands) {
        return RedisBatch.send(redis, commands, PATIENCE);
    }
}
