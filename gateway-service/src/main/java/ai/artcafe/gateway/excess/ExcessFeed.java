package ai.artcafe.gateway.excess;

import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.excess.store.Strikes;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.runtime.store.StoreAwayException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes the trackers' notices of who is over a limit. One gateway takes each; what it decides holds
 * on all of them.
 */
@ApplicationScoped
class ExcessFeed {

    private static final Logger LOG = Logger.getLogger(ExcessFeed.class);

    private final Strikes strikes;
    private final Warnings warnings;
    private final Event<AgentCutOff> cutOffs;
    private final ObjectMapper json;
    private final GatewayMeters meters;

    ExcessFeed(
            Strikes strikes,
            Warnings warnings,
            Event<AgentCutOff> cutOffs,
            ObjectMapper json,
            GatewayMeters meters) {
        this.strikes = strikes;
        this.warnings = warnings;
        this.cutOffs = cutOffs;
        this.json = json;
        this.meters = meters;
    }

    /** A throwable that leaves this method would be swallowed without a word. */
    @Incoming("over-limit")
    @RunOnVirtualThread
    void take(List<byte[]> payloads) {
        for (byte[] payload : payloads) {
            try {
                OverLimit notice = json.readValue(payload, OverLimit.class);
                if (notice.version() == OverLimit.VERSION) {
                    notice.excesses().forEach(excess -> take(excess, notice.window()));
                }
            } catch (IOException | RuntimeException e) {
                LOG.errorf(
                        "a notice of limits was not understood bytes=%d reason=%s",
                        payload.length, e.getClass().getSimpleName());
            }
        }
    }

    private void take(OverLimit.Excess excess, long window) {
        try {
            switch (strikes.strike(excess, window)) {
                case Sentence.Done() -> {}
                case Sentence.Warned() -> warn(excess);
                case Sentence.CutOff(Duration backOff) -> cutOff(excess, backOff);
            }
        } catch (StoreAwayException e) {
            meters.excess(GatewayMeters.UNCHECKED);
            LOG.debugf("an excess was not looked at store=%s", e.store());
        }
    }

    private void warn(OverLimit.Excess excess) {
        meters.excess(GatewayMeters.WARNED);
        LOG.infof(
                "agent warned tenant=%s agent=%s limit=%s observed=%d allowed=%d",
                excess.tenantId(),
                excess.agentId(),
                excess.kind().id(),
                excess.observed(),
                excess.limit());
        warnings.send(excess, Duration.ZERO);
    }

    private void cutOff(OverLimit.Excess excess, Duration backOff) {
        meters.excess(GatewayMeters.CUT_OFF);
        LOG.warnf(
                "agent cut off tenant=%s agent=%s limit=%s observed=%d allowed=%d back_off_ms=%d",
                excess.tenantId(),
                excess.agentId(),
                excess.kind().id(),
                excess.observed(),
                excess.limit(),
                backOff.toMillis());
        warnings.send(excess, backOff);
        cutOffs.fire(
                new AgentCutOff(
                        excess.tenantId(),
                        excess.agentId(),
                        AgentCutOff.BOTH_DOORS,
                        EndReason.of(excess.kind()),
                        "over "
                                + excess.kind().id()
                                + ": "
                                + excess.observed()
                                + " of "
                                + excess.limit()
                                + ", come back in "
                                + backOff.toMillis()
                                + " ms"));
    }
}
