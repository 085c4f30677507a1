package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.GatewayReadings;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Brings the gateways' readings to the ledger. A batch is acknowledged after the ledger has it; a
 * gateway sends what was not acknowledged again.
 */
@ApplicationScoped
public class GatewayFeed {

    private static final Logger LOG = Logger.getLogger(GatewayFeed.class);

    private final Ledger ledger;
    private final ObjectMapper json;
    private final Clock clock;
    private final LongAdder unreadable = new LongAdder();

    GatewayFeed(Ledger ledger, ObjectMapper json, Clock clock) {
        this.ledger = ledger;
        this.json = json;
        this.clock = clock;
    }

    /** A throwable that leaves this method would be swallowed without a word. */
    @Incoming("gateway-readings")
    @RunOnVirtualThread
    CompletionStage<Void> take(Message<List<byte[]>> batch) {
        try {
            take(batch.getPayload());
        } catch (Throwable e) {
            LOG.warnf(
                    "Gateway readings not applied, will come again: batches=%d reason=%s",
                    batch.getPayload().size(), e.getMessage());
            return batch.nack(e);
        }
        return batch.ack();
    }

    void take(List<byte[]> payloads) {
        List<GatewayReadings> batches =
                payloads.stream().map(this::parse).flatMap(Optional::stream).toList();
        Instant now = clock.instant();
        Map<TenantId, List<Observed>> byTenant = new LinkedHashMap<>();
        Map<ReadingSource, Instant> through = new HashMap<>();
        for (GatewayReadings batch : batches) {
            Instant at = batch.at().isAfter(now) ? now : batch.at();
            through.merge(batch.source(), at, (a, b) -> a.isAfter(b) ? a : b);
            batch.toReadings()
                    .forEach(reading ->
                            byTenant.computeIfAbsent(reading.tenant(), _ -> new ArrayList<>())
                                    .add(new Observed(reading, at)));
        }
        List<TenantBatch> tenants = new ArrayList<>();
        byTenant.forEach((tenant, readings) ->
                tenants.add(new TenantBatch(tenant, now, readings, List.of())));
        List<Applied> applied = ledger.apply(tenants);
        if (applied.size() < tenants.size()) {
            throw new IllegalStateException("tenants left: " + (tenants.size() - applied.size()));
        }
        ledger.readThrough(through);
        for (GatewayReadings batch : batches) {
            if (batch.closing()) {
                LOG.infof("Gateway has closed: source=%s", batch.source().key());
                ledger.leave(batch.source().key(), now);
            }
        }
    }

    private Optional<GatewayReadings> parse(byte[] payload) {
        try {
            return Optional.of(json.readValue(payload, GatewayReadings.class));
        } catch (IOException e) {
            unreadable.increment();
            LOG.errorf(
                    "Gateway readings not understood and dropped: bytes=%d reason=%s",
                    payload.length, e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** Batches that were not what they should be. */
    public long unreadable() {
        return unreadable.sum();
    }
}
