package ai.artcafe.gateway.signal;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.signal.GatewaySignals;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/**
 * Tells the trackers once a period, through the channel {@code signals}. Nothing is acknowledged or
 * sent again: the next heartbeat follows.
 */
@ApplicationScoped
public class SignalReports {

    private static final Logger LOG = Logger.getLogger(SignalReports.class);

    /** How long a message may wait for the bus to take it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration ENDING = Duration.ofSeconds(3);

    private final SignalConfig config;
    private final GatewayIdentity gateway;
    private final Signals signals;
    private final FailedLogins logins;
    private final MutinyEmitter<byte[]> bus;
    private final ObjectMapper json;
    private final GatewayMeters meters;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread reporter;

    SignalReports(
            SignalConfig config,
            GatewayIdentity gateway,
            Signals signals,
            FailedLogins logins,
            @Channel("signals") MutinyEmitter<byte[]> bus,
            ObjectMapper json,
            GatewayMeters meters,
            Clock clock) {
        this.config = config;
        this.gateway = gateway;
        this.signals = signals;
        this.logins = logins;
        this.bus = bus;
        this.json = json;
        this.meters = meters;
        this.clock = clock;
        this.reporter = Thread.ofVirtual().name("signals").unstarted(this::report);
    }

    public void start() {
        reporter.start();
    }

    /** Tells what there is left, and ends. */
    public void close() {
        closing.countDown();
        try {
            if (!reporter.join(ENDING)) {
                LOG.warnf("signals are still being sent at shutdown");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void report() {
        try {
            boolean last = false;
            while (!last) {
                last = closing.await(config.every().toMillis(), TimeUnit.MILLISECONDS);
                runRound();
            }
        } catch (InterruptedException _) {
            LOG.debugf("telling of signals was interrupted");
        }
    }

    /** A fault of one round must not end all others. */
    private void runRound() {
        try {
            logins.settle();
        } catch (RuntimeException e) {
            LOG.errorf(e, "failed logins could not be told");
        }
        try {
            List<GatewaySignals> batches =
                    SignalBatches.of(
                            gateway.id(),
                            clock.instant(),
                            signals.takeHeartbeats(),
                            signals.takeErrors(),
                            config.messageBytes());
            batches.forEach(this::send);
        } catch (RuntimeException e) {
            LOG.errorf(e, "signals could not be sent");
        }
    }

    private void send(GatewaySignals batch) {
        try {
            bus.send(json.writeValueAsBytes(batch)).await().atMost(PATIENCE);
            meters.signalsSent(batch.heartbeats().size(), errors(batch));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("signals cannot be written as JSON", e);
        } catch (RuntimeException e) {
            LOG.debugf("signals dropped reason=%s", String.valueOf(e.getMessage()));
            meters.signalsDropped(GatewayMeters.HEARTBEAT, batch.heartbeats().size());
            meters.signalsDropped(GatewayMeters.ERROR, errors(batch));
        }
    }

    private static long errors(GatewaySignals batch) {
        return batch.errors().stream().mapToLong(GatewaySignals.Errors::count).sum();
    }
}
