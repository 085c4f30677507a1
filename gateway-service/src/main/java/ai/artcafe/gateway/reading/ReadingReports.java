package ai.artcafe.gateway.reading;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.reading.store.ParkedReadings;
import ai.artcafe.model.usage.GatewayReadings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Reports to the trackers once a period, one round at a time, until the gateway closes. */
@ApplicationScoped
public class ReadingReports {

    private static final Logger LOG = Logger.getLogger(ReadingReports.class);

    private static final long GOODBYE_PAUSE_MS = 200;

    /** Readings in one item: up to 500 bytes each, and DynamoDB takes 400 KB. */
    private static final int PARKED_TOGETHER = 500;

    /** How long what was not acknowledged may take to be written at most. */
    private static final Duration PARKING_PATIENCE = Duration.ofSeconds(10);

    private final ReadingConfig config;
    private final SocketReadings sockets;
    private final ApiMeters api;
    private final ReadingRound round;
    private final ParkedReadings parked;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread reporter;

    private boolean acknowledged = true; // of the reporter's thread only

    ReadingReports(
            ReadingConfig config,
            GatewayIdentity gateway,
            SocketReadings sockets,
            ApiMeters api,
            BusSender sender,
            ParkedReadings parked,
            Clock clock) {
        this.config = config;
        this.sockets = sockets;
        this.api = api;
        this.parked = parked;
        this.clock = clock;
        this.round = new ReadingRound(gateway, sockets, sender, config.batchSize(), clock);
        this.reporter = Thread.ofVirtual().name("readings").unstarted(this::report);
    }

    public void start() {
        reporter.start();
    }

    /**
     * Sends the last readings of all sockets, which are closed by now, as are the links that carry
     * what the API sends, and waits for the trackers to acknowledge them. When none does in time,
     * they are left where a tracker finds them.
     */
    public void close() {
        api.closeAll();
        closing.countDown();
        try {
            if (!reporter.join(config.closingPatience().plus(PARKING_PATIENCE).plusSeconds(1))) {
                LOG.warnf("readings are still being sent at shutdown sockets=%d", sockets.size());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void report() {
        try {
            while (!closing.await(config.every().toMillis(), TimeUnit.MILLISECONDS)) {
                runRound();
            }
            sayGoodbye();
        } catch (InterruptedException _) {
            LOG.warnf("reporting was interrupted sockets=%d", sockets.size());
        }
    }

    /** A fault of one round must not end all others. */
    private void runRound() {
        try {
            api.closeIdle();
            boolean now = round.run(false);
            if (now != acknowledged) {
                acknowledged = now;
                if (now) {
                    LOG.infof("readings are acknowledged again");
                } else {
                    LOG.warnf(
                            "readings are not acknowledged, they are kept and sent again sockets=%d",
                            sockets.size());
                }
            }
            if (sockets.size() > config.warnAbove()) {
                LOG.warnf("very many sockets wait for acknowledgement sockets=%d", sockets.size());
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "readings could not be sent sockets=%d", sockets.size());
        }
    }

    private void sayGoodbye() throws InterruptedException {
        long deadline = clock.millis() + config.closingPatience().toMillis();
        do {
            try {
                if (round.run(true)) {
                    LOG.infof("last readings acknowledged");
                    return;
                }
            } catch (RuntimeException e) {
                LOG.errorf(e, "last readings could not be sent sockets=%d", sockets.size());
            }
            TimeUnit.MILLISECONDS.sleep(GOODBYE_PAUSE_MS);
        } while (clock.millis() < deadline);
        park();
    }

    private void park() {
        List<GatewayReadings> left = round.left(PARKED_TOGETHER);
        try {
            parked.write(left);
            LOG.warnf(
                    "last readings were not acknowledged, a tracker will find them sockets=%d",
                    sockets.size());
        } catch (RuntimeException e) {
            LOG.errorf(
                    "last readings were not acknowledged and could not be kept sockets=%d reason=%s",
                    sockets.size(), String.valueOf(e.getMessage()));
        }
    }
}
