package ai.artcafe.tracker.limit;

import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.tracker.telemetry.TrackerMetrics;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
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
    private final Semaphore room = new Semaphore(UNDER_WAY);
    private final Counter told;
    private final Counter dropped;

    BusNotices(
            @Channel("over-limit")
                    @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = UNDER_WAY)
                    MutinyEmitter<byte[]> bus,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.bus = bus;
        this.json = json;
        this.told = metrics.counter(TrackerMetrics.LIMIT_NOTICES, "outcome", "sent");
        this.dropped = metrics.counter(TrackerMetrics.LIMIT_NOTICES, "outcome", "dropped");
    }

    @Override
    public void tell(OverLimit notice) {
        if (!room.tryAcquire()) {
            drop("too many are under way");
            return;
        }
        try {
            bus.send(json.writeValueAsBytes(notice))
                    .onTermination()
                    .invoke(room::release)
                    .subscribe()
                    .with(_ -> told.increment(), failure -> drop(failure.toString()));
        } catch (JsonProcessingException e) {
            room.release();
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            room.release();
            drop(e.toString());
        }
    }

    private void drop(String reason) {
        dropped.increment();
        LOG.warnf("Gateways not told who is over a limit: reason=%s", reason);
    }
}
