package ai.artcafe.gateway.status;

import ai.artcafe.runtime.status.MinuteReport;
import ai.artcafe.runtime.status.ReportSink;
import ai.artcafe.runtime.status.StatusJson;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Takes reports to the trackers, through the channel {@code status}. */
@ApplicationScoped
class BusReports implements ReportSink {

    private static final Logger LOG = Logger.getLogger(BusReports.class);

    /** Beyond the channel's own confirm timeout, which is what normally ends the wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MutinyEmitter<byte[]> bus;

    BusReports(@Channel("status") MutinyEmitter<byte[]> bus) {
        this.bus = bus;
    }

    @Override
    public boolean send(MinuteReport report) {
        byte[] bytes = StatusJson.text(report).getBytes(StandardCharsets.UTF_8);
        try {
            bus.send(bytes).await().atMost(PATIENCE);
            return true;
        } catch (RuntimeException e) {
            LOG.debugf(
                    "Status not acknowledged: minute=%s reason=%s",
                    report.minute(), String.valueOf(e.getMessage()));
            return false;
        }
    }
}
