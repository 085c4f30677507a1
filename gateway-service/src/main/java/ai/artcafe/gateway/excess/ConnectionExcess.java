package ai.artcafe.gateway.excess;

import ai.artcafe.gateway.excess.store.Strikes;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.runtime.store.StoreAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Agents whose surplus connections at the NATS door were ended. They are told; whose clients come
 * back again and again is refused for a while, as for any other limit, and keeps what it has.
 * Blocks.
 */
@ApplicationScoped
public class ConnectionExcess {

    private static final Logger LOG = Logger.getLogger(ConnectionExcess.class);

    private final Strikes strikes;
    private final Warnings warnings;
    private final GatewayMeters meters;
    private final Clock clock;

    ConnectionExcess(Strikes strikes, Warnings warnings, GatewayMeters meters, Clock clock) {
        this.strikes = strikes;
        this.warnings = warnings;
        this.meters = meters;
        this.clock = clock;
    }

    /** It had so many open, and may have so many. */
    public void found(ConnectionOwner.Agent owner, long observed, long limit) {
        OverLimit.Excess excess =
                new OverLimit.Excess(
                        owner.tenant(),
                        owner.agent(),
                        OverLimit.Kind.CONNECTIONS_PER_AGENT,
                        observed,
                        limit);
        long window = clock.instant().getEpochSecond() / OverLimit.WINDOW_SECONDS;
        try {
            switch (strikes.strike(excess, window)) {
                case Sentence.Done() -> {}
                case Sentence.Warned() -> tell(excess, Duration.ZERO);
                case Sentence.CutOff(Duration backOff) -> tell(excess, backOff);
            }
        } catch (StoreAwayException e) {
            meters.excess(GatewayMeters.UNCHECKED);
            LOG.debugf("surplus connections are not remembered store=%s", e.store());
        }
    }

    private void tell(OverLimit.Excess excess, Duration backOff) {
        meters.excess(backOff.isZero() ? GatewayMeters.WARNED : GatewayMeters.CUT_OFF);
        LOG.infof(
                "agent has too many connections tenant=%s agent=%s observed=%d allowed=%d"
                        + " back_off_ms=%d",
                excess.tenantId(),
                excess.agentId(),
                excess.observed(),
                excess.limit(),
                backOff.toMillis());
        warnings.send(excess, backOff);
    }
}
