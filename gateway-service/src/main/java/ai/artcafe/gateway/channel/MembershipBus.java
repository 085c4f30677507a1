package ai.artcafe.gateway.channel;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Tells other gateways to look which agents' channels have changed, and hears it from them. A
 * notice is sent once: whoever misses it looks by itself a little later.
 */
@ApplicationScoped
class MembershipBus {

    private static final Logger LOG = Logger.getLogger(MembershipBus.class);
    private static final String KIND = "memberships";
    private static final int WAITING = 1000;

    private final String own;
    private final MutinyEmitter<byte[]> bus;
    private final MembershipWatch watch;
    private final GatewayMeters meters;

    MembershipBus(
            GatewayIdentity gateway,
            @Channel("memberships-made")
                    @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = WAITING)
                    MutinyEmitter<byte[]> bus,
            MembershipWatch watch,
            GatewayMeters meters) {
        this.own = gateway.run();
        this.bus = bus;
        this.watch = watch;
        this.meters = meters;
    }

    void tell(@Observes ChannelsChanged changed) {
        watch.lookSoon();
        try {
            bus.send(own.getBytes(StandardCharsets.UTF_8)).subscribe().with(_ -> {}, this::untold);
        } catch (IllegalStateException e) {
            untold(e);
        }
    }

    private void untold(Throwable failure) {
        meters.untold(KIND);
        LOG.debugf(
                "other gateways were not told to look at memberships reason=%s",
                String.valueOf(failure.getMessage()));
    }

    @Incoming("memberships")
    CompletionStage<Void> take(Message<List<byte[]>> batch) {
        if (batch.getPayload().stream()
                .anyMatch(run -> !new String(run, StandardCharsets.UTF_8).equals(own))) {
            watch.lookSoon();
        }
        return batch.ack();
    }
}
