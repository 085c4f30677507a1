package ai.artcafe.tracker.status;

import ai.artcafe.runtime.status.MinuteReport;
import ai.artcafe.runtime.status.ReportSink;
import ai.artcafe.runtime.status.StatusJson;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Brings what the gateways report of themselves to Redis. A report is acknowledged when it is
 * there; a gateway sends what was not acknowledged again, which changes nothing.
 */
@ApplicationScoped
public class StatusFeed {

    private static final Logger LOG = Logger.getLogger(StatusFeed.class);

    /** Older minutes are in nobody's memory any more. */
    private static final Duration OLDEST = Duration.ofHours(3);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final ReportSink sink;
    private final Clock clock;
    private final LongAdder refused = new LongAdder();

    StatusFeed(ReportSink sink, Clock clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** A throwable that leaves this method would be swallowed without a word. */
    @Incoming("gateway-status")
    @RunOnVirtualThread
    CompletionStage<Void> take(Message<List<byte[]>> batch) {
        try {
            for (byte[] payload : batch.getPayload()) {
                Optional<MinuteReport> report = parse(payload);
                if (report.isPresent() && !sink.send(report.get())) {
                    return batch.nack(new IllegalStateException("Redis does not take it"));
                }
            }
        } catch (Throwable e) {
            LOG.warnf("Status not kept, will come again: reason=%s", e.getMessage());
            return batch.nack(e);
        }
        return batch.ack();
    }

    private Optional<MinuteReport> parse(byte[] payload) {
        try {
            MinuteReport report = StatusJson.report(payload);
            Instant now = clock.instant();
            if (report.minute().isBefore(now.minus(OLDEST))
                    || report.minute().isAfter(now.plus(CLOCKS_DIFFER))
                    || report.minute().getEpochSecond() % 60 != 0) {
                throw new IllegalArgumentException("minute is " + report.minute());
            }
            return Optional.of(report);
        } catch (IllegalArgumentException e) {
            refused.increment();
            LOG.warnf(
                    "Status not understood and dropped: bytes=%d reason=%s",
                    payload.length, e.getMessage());
            return Optional.empty();
        }
    }

    /** Reports that were not what they should be. */
    public long refused() {
        return refused.sum();
    }
}
