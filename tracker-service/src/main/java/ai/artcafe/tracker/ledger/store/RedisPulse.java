package ai.artcafe.tracker.ledger.store;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.UUID;

/**
 * Tells whether Redis has gone back in time: a number that only this tracker raises must never be
 * lower than it was.
 */
final class RedisPulse {

    private static final Duration LIFE = Duration.ofDays(1);

    private final RedisCalls redis;
    private final String key = "ledger:pulse:" + UUID.randomUUID();
    private long last; // guarded by this

    RedisPulse(RedisCalls redis) {
        this.redis = redis;
    }

    /** Raises the number; whether Redis had forgotten what it was. */
    synchronized boolean hasGoneBack() {
        long beat = redis.call(Command.INCR, key).map(Response::toLong).orElse(0L);
        redis.call(Command.EXPIRE, key, Long.toString(LIFE.toSeconds()));
        boolean back = beat <= last;
        last = beat;
        return back;
    }
}
