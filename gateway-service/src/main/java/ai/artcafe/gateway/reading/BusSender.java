package ai.artcafe.gateway.reading;

import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.usage.GatewayReadings;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Sends batches on the platform's bus, through the channel {@code readings}. */
@ApplicationScoped
class BusSender implements ReadingSender {

    private static final Logger LOG = Logger.getLogger(BusSender.class);

    /** Beyond the channel's own confirm timeout, which is what normally ends the wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MutinyEmitter<byte[]> bus;
    private final ObjectMapper json;
    private final GatewayMeters meters;

    BusSender(
            @Channel("readings") MutinyEmitter<byte[]> bus,
            ObjectMapper json,
            GatewayMeters meters) {
        this.bus = bus;
        this.json = json;
        this.meters = meters;
    }

    @Override
    public boolean send(GatewayReadings batch) {
        try {
            bus.send(json.writeValueAsBytes(batch)).await().atMost(PATIENCE);
            meters.readingsSent(true);
            return true;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("readings cannot be written as JSON", e);
        } catch (RuntimeException e) {
            meters.readingsSent(false);
            LOG.debugf(
                    "readings not acknowledged count=%d reason=%s",
                    batch.readings().size(), String.valueOf(e.getMessage()));
            return false;
        }
    }
}
