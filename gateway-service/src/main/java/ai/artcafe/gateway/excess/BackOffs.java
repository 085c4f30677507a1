package ai.artcafe.gateway.excess;

import ai.artcafe.gateway.excess.store.Strikes;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.StoreAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Who is refused at both doors for having been over a limit. While Redis is away everybody is let
 * in: then it is asked no more than once a second, so that no door waits for it. Blocks.
 */
@ApplicationScoped
public class BackOffs {

    private static final Logger LOG = Logger.getLogger(BackOffs.class);

    private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

    private final Strikes strikes;
    private final GatewayMeters meters;
    private final Clock clock;
    private volatile long awayUntil; // epoch milliseconds

    BackOffs(Strikes strikes, GatewayMeters meters, Clock clock) {
        this.strikes = strikes;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Whether this is the first time that it is told that the agent was refused for this back-off:
     * once on all gateways.
     */
    public boolean isNewlyRefused(BackOff backOff, TenantId tenant, AgentId agent) {
        try {
            return !backOff.noted() && strikes.note(tenant, agent);
        } catch (StoreAwayException e) {
            LOG.debugf("a refusal is not noted store=%s", e.store());
            return false;
        }
    }

    public Optional<BackOff> of(TenantId tenant, AgentId agent) {
        if (clock.millis() < awayUntil) {
            meters.excess(GatewayMeters.UNCHECKED);
            return Optional.empty();
        }
        try {
            Optional<BackOff> backOff = strikes.backOff(tenant, agent);
            backOff.ifPresent(_ -> meters.excess(GatewayMeters.REFUSED));
            return backOff;
        } catch (StoreAwayException e) {
            awayUntil = clock.millis() + ASKED_AGAIN.toMillis();
            meters.excess(GatewayMeters.UNCHECKED);
            LOG.debugf("back-offs are not looked at store=%s", e.store());
            return Optional.empty();
        }
    }
}
