package ai.artcafe.gateway.quota.store;

import ai.artcafe.gateway.store.RedisBatch;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
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
 * What tenants have published today, by the ledger in Redis: adjustments included, control messages
 * not. Blocks.
 */
@ApplicationScoped
public class BookedToday {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Redis redis;

    /**
     * @param messages of each tenant; one that is not in it has published nothing
     * @param asOf when the newest reading was taken that the ledger has
     */
    public record Figures(Map<TenantId, Long> messages, Instant asOf) {

        public Figures {
            messages = Map.copyOf(messages);
        }
    }

    BookedToday(Redis redis) {
        this.redis = redis;
    }

    /**
     * @throws StoreAwayException when Redis is away, or does not hold the whole ledger
     */
    public Figures read(Collection<TenantId> tenants, Instant now) {
        // first: the figures are then at least as new
        List<Response> whole =
                send(
                        List.of(
                                Request.cmd(Command.EXISTS).arg(RedisKeys.RESTORED),
                                Request.cmd(Command.HVALS).arg(RedisKeys.SOURCES)));
        Instant asOf = newest(whole.get(1));
        if (whole.get(0).toLong() == 0 || asOf.equals(Instant.EPOCH)) {
            throw new StoreAwayException(
                    StoreOutages.REDIS, new IllegalStateException("the ledger is not there yet"));
        }
        List<TenantId> asked = List.copyOf(tenants);
        Map<TenantId, Long> messages = new HashMap<>();
        List<@Nullable Response> answers =
                send(
                        asked.stream()
                                .map(tenant ->
                                        Request.cmd(Command.HGET)
                                                .arg(RedisKeys.tenantDay(tenant, now))
                                                .arg(UsageFields.PUBLISHED))
                                .toList());
        for (int i = 0; i < asked.size(); i++) {
            Response published = answers.get(i);
            if (published != null) {
                messages.put(asked.get(i), published.toLong());
            }
        }
        return new Figures(messages, asOf);
    }

    private static Instant newest(Response sources) {
        Instant newest = Instant.EPOCH;
        for (Response millis : sources) {
            Instant at = Instant.ofEpochMilli(millis.toLong());
            newest = at.isAfter(newest) ? at : newest;
        }
        return newest;
    }

    private List<@Nullable Response> send(List<Request> commands) {
        return RedisBatch.send(redis, commands, PATIENCE);
    }
}
