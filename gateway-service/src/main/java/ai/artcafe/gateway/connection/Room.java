package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.connection.store.LedgerConnections;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.runtime.store.StoreAwayException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * Whether an agent may have another connection, before it has it: where the newest are refused, and
 * as far as that is known. The trackers' count is believed when it is no older than {@link #FRESH},
 * so that nobody is refused for long for a connection that is gone. Blocks.
 */
@ApplicationScoped
public class Room {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final WhenFull whenFull;
    private final ConnectionLimit limit;
    private final LedgerConnections ledger;
    private final ReadingSource own;
    private final Clock clock;

    @Inject
    Room(
            ConnectionConfig config,
            ConnectionLimit limit,
            LedgerConnections ledger,
            GatewayIdentity gateway,
            Clock clock) {
        this(
                config.whenFull(),
                limit,
                ledger,
                ReadingSource.gateway(gateway.id(), gateway.epoch()),
                clock);
    }

    Room(
            WhenFull whenFull,
            ConnectionLimit limit,
            LedgerConnections ledger,
            ReadingSource own,
            Clock clock) {
        this.whenFull = whenFull;
        this.limit = limit;
        this.ledger = ledger;
        this.own = own;
        this.clock = clock;
    }

    /**
     * Before a connection becomes a socket.
     *
     * @param most how many the agent may have, at both doors
     * @throws ProblemException {@code limit_exceeded}
     */
    public void require(Agent agent, long most) {
        limit.requireRoom(agent.agentId(), most);
        if (agent.nkeyPublicKey().isPresent()
                && isFull(
                        new ConnectionOwner.Agent(agent.tenantId(), agent.agentId()), own, most)) {
            throw ConnectionLimit.full(most);
        }
    }

    /** Whether the agent must not be let in at the NATS door by this server. */
    public boolean isFull(ConnectionOwner.Agent owner, String serverId, long most) {
        return isFull(owner, ReadingSource.natsServer(serverId), most);
    }

    private boolean isFull(ConnectionOwner.Agent owner, ReadingSource source, long most) {
        if (whenFull == WhenFull.REPLACE || most == PlanLimits.UNLIMITED) {
            return false;
        }
        try {
            return ledger.open(owner, source, clock.instant().minus(FRESH)) >= most;
        } catch (StoreAwayException _) {
            return false;
        }
    }
}
