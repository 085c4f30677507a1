package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.agent.TenantCutOff;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Tells other gateways whose connections are to end, and hears it from them as an event. A notice
 * is sent once; one that finds no room or no bus is counted.
 */
@ApplicationScoped
class CutOffBus {

    private static final Logger LOG = Logger.getLogger(CutOffBus.class);
    private static final String KIND = "cut_off";
    private static final int WAITING = 10_000;

    private final String own;
    private final MutinyEmitter<byte[]> bus;
    private final Event<CutOffNotice> heard;
    private final ObjectMapper json;
    private final GatewayMeters meters;

    CutOffBus(
            GatewayIdentity gateway,
            @Channel("cut-offs-made")
                    @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = WAITING)
                    MutinyEmitter<byte[]> bus,
            Event<CutOffNotice> heard,
            ObjectMapper json,
            GatewayMeters meters) {
        this.own = gateway.run();
        this.bus = bus;
        this.heard = heard;
        this.json = json;
        this.meters = meters;
    }

    /** All of the agent's sockets are to end. */
    void tell(AgentCutOff cutOff) {
        send(
                CutOffNotice.of(
                        own,
                        cutOff.tenant(),
                        Optional.of(cutOff.agent()),
                        Optional.empty(),
                        cutOff.reason(),
                        cutOff.detail()));
    }

    /** All connections of the tenant are to end. */
    void tell(TenantCutOff cutOff) {
        send(
                CutOffNotice.of(
                        own,
                        cutOff.tenant(),
                        Optional.empty(),
                        Optional.empty(),
                        EndReason.TENANT_DELETED,
                        CutOffs.TENANT_DELETED));
    }

    /** One socket is to end. */
    void tell(AgentConnection connection, EndReason why, String detail) {
        send(
                CutOffNotice.of(
                        own,
                        connection.tenantId(),
                        Optional.of(connection.agentId()),
                        Optional.of(connection.connectionId()),
                        why,
                        detail));
    }

    private void send(CutOffNotice notice) {
        try {
            bus.send(json.writeValueAsBytes(notice))
                    .subscribe()
                    .with(_ -> {}, failure -> untold(String.valueOf(failure.getMessage())));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a notice cannot be written as JSON", e);
        } catch (IllegalStateException e) {
            untold(String.valueOf(e.getMessage()));
        }
    }

    private void untold(String reason) {
        meters.untold(KIND);
        LOG.warnf("other gateways were not told of a cut-off reason=%s", reason);
    }

    /** A throwable that leaves this method would be swallowed without a word. */
    @Incoming("cut-offs")
    @RunOnVirtualThread
    CompletionStage<Void> take(Message<List<byte[]>> batch) {
        for (byte[] payload : batch.getPayload()) {
            try {
                CutOffNotice notice = json.readValue(payload, CutOffNotice.class);
                if (!notice.from().equals(own)) {
                    heard.fire(notice);
                }
            } catch (IOException | RuntimeException e) {
                LOG.warnf(
                        "a cut-off was not understood bytes=%d reason=%s",
                        payload.length, String.valueOf(e.getMessage()));
            }
        }
        return batch.ack();
    }
}
