package ai.artcafe.tracker.reading;

import ai.artcafe.tracker.reading.store.ParkedReadings;
import ai.artcafe.tracker.reading.store.ParkedReadings.Part;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Brings to the ledger what gateways have left in DynamoDB: at start, and once a minute. A part is
 * deleted after the ledger has it; should that fail it is applied again, which changes nothing.
 */
@Startup
@ApplicationScoped
class ParkedFeed {

    private static final Logger LOG = Logger.getLogger(ParkedFeed.class);
    private static final long INTERVAL_S = 60;

    private final ParkedReadings parked;
    private final GatewayFeed feed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("tracker-parked").unstarted(this::keep);

    ParkedFeed(ParkedReadings parked, GatewayFeed feed) {
        this.parked = parked;
        this.feed = feed;
    }

    @PostConstruct
    void start() {
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
                    run();
                } catch (Throwable e) {
                    LOG.warnf("Parked readings not applied, will be tried again: reason=%s", e);
                }
            } while (!closing.await(INTERVAL_S, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            LOG.debug("Interrupted");
        }
    }

    /** Applies all that is there. */
    void run() {
        List<Part> parts = parked.first();
        while (!parts.isEmpty() && closing.getCount() > 0) {
            for (Part part : parts) {
                feed.take(List.of(part.batch()));
                parked.delete(part);
                LOG.infof("Parked readings applied: key=%s", part.key());
            }
            parts = parked.first();
        }
    }
}
