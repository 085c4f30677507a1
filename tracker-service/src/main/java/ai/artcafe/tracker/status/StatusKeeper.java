package ai.artcafe.tracker.status;

import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.status.store.RedisStatus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps the platform's status up to date on the tracker that has the lease. */
@ApplicationScoped
class StatusKeeper {

    private static final Logger LOG = Logger.getLogger(StatusKeeper.class);

    private final StatusRollupConfig config;
    private final Lease lease;
    private final StatusRollup rollup;
    private final RedisStatus redis;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("tracker-status").unstarted(this::keep);

    StatusKeeper(StatusRollupConfig config, Lease lease, StatusRollup rollup, RedisStatus redis) {
        this.config = config;
        this.lease = lease;
        this.rollup = rollup;
        this.redis = redis;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        closing.countDown();
        thread.join();
    }

    /** Not even an Error may end it. */
    private void keep() {
        try {
            do {
                try {
                    if (lease.holds()) {
                        redis.countAgents();
                        rollup.run();
                    }
                } catch (Throwable e) {
                    LOG.warnf("Status not written, will be tried again: reason=%s", e);
                }
            } while (!closing.await(config.interval().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("Interrupted");
        }
    }
}
