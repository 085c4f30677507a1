package ai.artcafe.tracker.limit;

import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.tracker.bus.BoundedSends;
import ai.artcafe.tracker.telemetry.TrackerMetrics;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Notices on the platform's bus, through the channel {@code over-limit}; sent once. */
@ApplicationScoped
class BusNotices implements Notices {

    private static final Logger LOG = Logger.getLogger(BusNotices.class);

    /** As many are on their way at once; beyond it they are dropped. */
    private static final int UNDER_WAY = 64;

    private final MutinyEmitter<byte[]> bus;
    private final ObjectMapper json;
    private final BoundedSends sends;

    BusNotices(
            @Channel("over-limit")
                    @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = UNDER_WAY)
                    MutinyEmitter<byte[]> bus,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.bus = bus;
        this.json = json;
        this.sends = new BoundedSends(UNDER_WAY, metrics, TrackerMetrics.LIMIT_NOTICES);
    }

    @Override
    public void tell(OverLimit notice) {
        sends.send(
                () -> bus.send(bytes(notice)),
                reason -> LOG.warnf("Gateways not told who is over a limit: reason=%s", reason));
    }

    private byte[] bytes(OverLimit notice) {
        try {
            return json.writeValueAsBytes(notice);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
