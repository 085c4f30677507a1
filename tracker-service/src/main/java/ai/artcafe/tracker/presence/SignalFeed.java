package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.signal.GatewaySignals;
import ai.artcafe.runtime.store.StoreAwayException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Takes what the gateways tell beside their readings: heartbeats, and what went wrong. */
@ApplicationScoped
public class SignalFeed {

    private static final Logger LOG = Logger.getLogger(SignalFeed.class);

    private final Presence presence;
    private final ErrorCounts errors;
    private final ObjectMapper json;
    private final Clock clock;

    SignalFeed(Presence presence, ErrorCounts errors, ObjectMapper json, Clock clock) {
        this.presence = presence;
        this.errors = errors;
        this.json = json;
        this.clock = clock;
    }

    /** A throwable that leaves this method would be swallowed without a word. */
    @Incoming("gateway-signals")
    @RunOnVirtualThread
    void take(List<byte[]> payloads) {
        try {
            Map<TenantId, Map<String, Long>> counts = new HashMap<>();
            for (byte[] payload : payloads) {
                take(payload, counts);
            }
            counts.forEach(this::count);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Gateway signals not taken in: batches=%d", payloads.size());
        }
    }

    private void take(byte[] payload, Map<TenantId, Map<String, Long>> counts) {
        try {
            GatewaySignals signals = json.readValue(payload, GatewaySignals.class);
            presence.take(signals);
            for (GatewaySignals.Errors error : signals.errors()) {
                Map<String, Long> tenant =
                        counts.computeIfAbsent(error.tenantId(), _ -> new HashMap<>());
                String signal = error.kind().id();
                tenant.merge(signal, error.count(), Long::sum);
                error.agentId()
                        .ifPresent(agent ->
                                tenant.merge(signal + "|" + agent, error.count(), Long::sum));
            }
        } catch (IOException | RuntimeException e) {
            presence.figures().ignore(Ignored.UNREADABLE_BATCH);
            LOG.errorf(
                    "Gateway signals not understood and dropped: bytes=%d reason=%s",
                    payload.length, e.getClass().getSimpleName());
        }
    }

    private void count(TenantId tenant, Map<String, Long> counts) {
        long sum =
                counts.entrySet().stream()
                        .filter(entry -> entry.getKey().indexOf('|') < 0)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        try {
            errors.add(tenant, clock.instant(), counts);
            presence.figures().errorsCounted(sum);
        } catch (StoreAwayException e) {
            presence.figures().errorsDropped(sum);
            LOG.debugf("Errors not counted: tenant=%s store=%s", tenant, e.store());
        }
    }
}
