package ai.artcafe.gateway.sharing;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.limit.MessageRates;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Tells the other gateways, through the channel {@code limit-shares}, until this one ends. */
@ApplicationScoped
class LimitSharing {

    private static final Logger LOG = Logger.getLogger(LimitSharing.class);

    /** How long a message may wait for the bus to take it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration ENDING = Duration.ofSeconds(2);

    /** When nothing is published any more. */
    private static final int AFTER_THE_SOCKETS = Interceptor.Priority.PLATFORM_BEFORE + 10;

    private final SharingConfig config;
    private final GatewayIdentity gateway;
    private final MessageRates rates;
    private final PublishedIds ids;
    private final MutinyEmitter<byte[]> bus;
    private final ObjectMapper json;
    private final GatewayMeters meters;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread teller;

    LimitSharing(
            SharingConfig config,
            GatewayIdentity gateway,
            MessageRates rates,
            PublishedIds ids,
            @Channel("limit-shares") MutinyEmitter<byte[]> bus,
            ObjectMapper json,
            GatewayMeters meters) {
        this.config = config;
        this.gateway = gateway;
        this.rates = rates;
        this.ids = ids;
        this.bus = bus;
        this.json = json;
        this.meters = meters;
        this.teller = Thread.ofVirtual().name("limit-sharing").unstarted(this::tell);
    }

    void start(@Observes StartupEvent event) {
        teller.start();
    }

    /** Tells what there is left: who published here goes on elsewhere. */
    void stop(@Observes @Priority(AFTER_THE_SOCKETS) ShutdownEvent event) {
        closing.countDown();
        try {
            if (!teller.join(ENDING)) {
                LOG.warnf("the other gateways are still being told at shutdown");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        try {
            boolean last = false;
            while (!last) {
                last = closing.await(config.every().toMillis(), TimeUnit.MILLISECONDS);
                runRound();
            }
        } catch (InterruptedException _) {
            LOG.debugf("telling the other gateways was interrupted");
        }
    }

    /** A fault of one round must not end all others. */
    private void runRound() {
        try {
            ShareBatches.of(
                            gateway,
                            rates.takeUsedByAgents(),
                            rates.takeUsedByTenants(),
                            ids.take(),
                            config.messageBytes())
                    .forEach(this::send);
        } catch (RuntimeException e) {
            LOG.errorf(e, "the other gateways could not be told");
        }
    }

    private void send(LimitShare share) {
        try {
            bus.send(json.writeValueAsBytes(share)).await().atMost(PATIENCE);
            meters.shared(GatewayMeters.SENT);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a share cannot be written as JSON", e);
        } catch (RuntimeException e) {
            LOG.debugf(
                    "the other gateways were not told reason=%s", String.valueOf(e.getMessage()));
            meters.shared(GatewayMeters.NOT_SENT);
            meters.idsNotShared(share.ids().values().stream().mapToLong(List::size).sum());
        }
    }
}
