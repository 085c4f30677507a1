package ai.artcafe.tracker.limit.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.runtime.store.Tenants;
import ai.artcafe.tracker.limit.TenantStandings;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From the tenants' records, and from what the ledger has booked in Redis. */
@ApplicationScoped
public class StoredStandings implements TenantStandings {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Seconds that are still being booked. */
    private static final int UNSETTLED = 2;

    private final Tenants tenants;
    private final Redis redis;

    StoredStandings(Tenants tenants, Redis redis) {
        this.tenants = tenants;
        this.redis = redis;
    }

    @Override
    public Optional<Allowed> allowed(TenantId tenant) {
        return tenants.find(tenant)
                .map(record -> new Allowed(record.limits(), record.allowsOverage()));
    }

    @Override
    public Standing standing(TenantId tenant, Instant now) {
        return new Standing(lately(tenant, now.getEpochSecond()), today(tenant, now));
    }

    private long today(TenantId tenant, Instant now) {
        return call(Request.cmd(Command.HGET)
                        .arg(RedisKeys.tenantDay(tenant, now))
                        .arg(UsageFields.PUBLISHED))
                .map(Response::toLong)
                .orElse(0L);
    }

    private long lately(TenantId tenant, long now) {
        long to = now - UNSETTLED;
        long from = to - OverLimit.WINDOW_SECONDS;
        Request seconds = Request.cmd(Command.HMGET).arg(RedisKeys.recentSeconds(tenant));
        for (long second = from; second < to; second++) {
            seconds.arg(Long.toString(second % RedisKeys.RECENT_SECONDS));
        }
        return call(seconds).map(answer -> sum(answer, from)).orElse(0L);
    }

    /** Each is {@code <second>:<published messages>:<published bytes>}, perhaps of long ago. */
    private static long sum(Response seconds, long from) {
        long sum = 0;
        for (int i = 0; i < seconds.size(); i++) {
            Response booked = seconds.get(i);
            String[] parts = booked == null ? new String[0] : booked.toString().split(":", -1);
            if (parts.length > 1 && parts[0].equals(Long.toString(from + i))) {
                sum += Long.parseLong(parts[1]);
            }
        }
        return sum;
    }

    private Optional<Response> call(Request request) {
        try {
            return Optional.ofNullable(
                    redis.send(request).ifNoItem().after(TIMEOUT).fail().await().indefinitely());
        } catch (RuntimeException e) {
            throw new StoreAwayException(StoreOutages.REDIS, e);
        }
    }
}
