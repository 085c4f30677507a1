package ai.artcafe.gateway.signal;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.StoreOutages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Logins that failed at either door. Whether there is such an agent is looked up afterwards: the
 * answer at the door must not depend on it, nor take longer.
 */
@ApplicationScoped
public class FailedLogins {

    private static final Logger LOG = Logger.getLogger(FailedLogins.class);

    private static final Pattern NKEY = Pattern.compile("U[A-Z2-7]{55}");

    private final AgentRegistry agents;
    private final Signals signals;
    private final GatewayMeters meters;
    private final BlockingQueue<Claim> claims;

    FailedLogins(AgentRegistry agents, Signals signals, GatewayMeters meters, SignalConfig config) {
        this.agents = agents;
        this.signals = signals;
        this.meters = meters;
        this.claims = new ArrayBlockingQueue<>(config.failedLogins());
    }

    private sealed interface Claim {
        record Name(TenantId tenant, AgentId agent) implements Claim {}

        record Key(String nkey) implements Claim {}
    }

    /** Someone who said to be this agent was not let in. Does not block. */
    public void add(TenantId tenant, AgentId agent) {
        add(new Claim.Name(tenant, agent));
    }

    /** Someone who showed this public NKey was not let in. Does not block. */
    public void add(String nkey) {
        if (NKEY.matcher(nkey).matches()) {
            add(new Claim.Key(nkey));
        }
    }

    private void add(Claim claim) {
        if (!claims.offer(claim)) {
            meters.signalsDropped(GatewayMeters.FAILED_LOGIN, 1);
        }
    }

    /** Hands on those since the last call whose agent exists. Blocks. */
    void settle() {
        List<Claim> taken = new ArrayList<>();
        claims.drainTo(taken);
        Map<Claim, Optional<Agent>> known = new HashMap<>();
        for (Claim claim : taken) {
            try {
                known.computeIfAbsent(claim, this::find)
                        .ifPresent(agent ->
                                signals.failed(
                                        agent.tenantId(),
                                        agent.agentId(),
                                        ErrorSignal.AUTH_FAILED));
            } catch (RuntimeException e) {
                if (StoreOutages.storeAway(e).isEmpty()) {
                    throw e;
                }
                LOG.debugf(
                        "failed logins are not told, the registry is away count=%d", taken.size());
                meters.signalsDropped(GatewayMeters.FAILED_LOGIN, taken.size());
                return;
            }
        }
    }

    private Optional<Agent> find(Claim claim) {
        return switch (claim) {
            case Claim.Name(TenantId tenant, AgentId agent) -> agents.find(tenant, agent);
            case Claim.Key(String nkey) -> agents.findByNkey(nkey);
        };
    }
}
