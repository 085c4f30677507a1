package ai.artcafe.tracker.anomaly.broker;

import ai.artcafe.model.anomaly.AnomalyAlert;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.nats.OutgoingNatsMetadata;
import ai.artcafe.tracker.anomaly.Alerts;
import ai.artcafe.tracker.bus.BoundedSends;
import ai.artcafe.tracker.telemetry.TrackerMetrics;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Publishes alerts on {@link PlatformSubjects#alerts}; once each, as the store has them for those
 * who missed one.
 */
@ApplicationScoped
class BusAlerts implements Alerts {

    private static final Logger LOG = Logger.getLogger(BusAlerts.class);

    /** As many are on their way at once; beyond it they are dropped. */
    private static final int UNDER_WAY = 256;

    private final MutinyEmitter<byte[]> bus;
    private final ObjectMapper json;
    private final BoundedSends sends;

    BusAlerts(
            @Channel("alerts")
                    @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = UNDER_WAY)
                    MutinyEmitter<byte[]> bus,
            ObjectMapper json,
            MeterRegistry metrics) {
        this.bus = bus;
        this.json = json;
        this.sends = new BoundedSends(UNDER_WAY, metrics, TrackerMetrics.ANOMALY_ALERTS);
    }

    @Override
    public void tell(AnomalyAlert alert) {
        TenantId tenant = alert.anomaly().tenantId();
        sends.send(
                () -> bus.sendMessage(message(alert, tenant)),
                reason -> LOG.warnf("Alert not published: tenant=%s reason=%s", tenant, reason));
    }

    private Message<byte[]> message(AnomalyAlert alert, TenantId tenant) {
        try {
            return Message.of(
                    json.writeValueAsBytes(alert),
                    Metadata.of(OutgoingNatsMetadata.to(PlatformSubjects.alerts(tenant))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
