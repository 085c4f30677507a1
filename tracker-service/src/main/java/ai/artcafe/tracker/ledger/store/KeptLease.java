package ai.artcafe.tracker.ledger.store;

import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A lease that is renewed until it is closed, for work that may take longer than it lives. */
final class KeptLease implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KeptLease.class);

    private static final int RENEWALS_PER_LIFE = 10;

    private final RedisCalls redis;
    private final String key;
    private final String holder;
    private final Duration life;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread renewal;

    /** Keeps a lease that the holder has taken. */
    KeptLease(RedisCalls redis, String key, String holder, Duration life) {
        this.redis = redis;
        this.key = key;
        this.holder = holder;
        this.life = life;
        this.renewal = Thread.ofVirtual().name("lease " + key).start(this::renew);
    }

    private void renew() {
        long pause = life.dividedBy(RENEWALS_PER_LIFE).toMillis();
        try {
            while (!over.await(pause, TimeUnit.MILLISECONDS)) {
                keep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        try {
            if (!RedisLease.keep(redis, key, holder, life)) {
                LOG.warnf("Lease has gone to another: key=%s", key);
            }
        } catch (LedgerUnavailableException e) {
            LOG.debugf("Lease not renewed: key=%s reason=%s", key, e.getMessage());
        }
    }

    /** Lets it go. */
    @Override
    public void close() {
        over.countDown();
        try {
            renewal.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RedisLease.letGo(redis, key, holder);
    }
}
