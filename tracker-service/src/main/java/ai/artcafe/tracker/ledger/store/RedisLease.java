package ai.artcafe.tracker.ledger.store;

import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The lease of the reconciliation in Redis, for 10 s at a time. */
@ApplicationScoped
public class RedisLease implements Lease {

    private static final Logger LOG = Logger.getLogger(RedisLease.class);

    private static final Duration LIFE = Duration.ofSeconds(10);

    private final RedisCalls redis;
    private final String tracker = UUID.randomUUID().toString();

    @Inject
    public RedisLease(Redis redis, LedgerConfig config) {
        this.redis = new RedisCalls(redis, config.timeout());
    }

    @Override
    public boolean holds() {
        try {
            return keep(redis, LedgerKeys.LEASE, tracker, LIFE);
        } catch (LedgerUnavailableException e) {
            LOG.debugf("Lease not known: reason=%s", e.getMessage());
            return false;
        }
    }

    @Override
    public void release() {
        letGo(redis, LedgerKeys.LEASE, tracker);
    }

    /** Takes or keeps a lease. */
    static boolean keep(RedisCalls redis, String key, String holder, Duration life) {
        return call(redis, key, holder, life);
    }

    /** Lets a lease go; if Redis does not answer, it runs out. */
    static void letGo(RedisCalls redis, String key, String holder) {
        try {
            call(redis, key, holder, Duration.ZERO);
        } catch (LedgerUnavailableException e) {
            LOG.debugf("Lease runs out: key=%s reason=%s", key, e.getMessage());
        }
    }

    private static boolean call(RedisCalls redis, String key, String holder, Duration life) {
        return redis.run(
                                Script.LEASE,
                                List.of(key),
                                new Arguments().add(holder).add(life.toMillis()).list())
                        .toLong()
                == 1;
    }
}
