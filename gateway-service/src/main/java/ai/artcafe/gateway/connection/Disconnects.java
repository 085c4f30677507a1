package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.agent.Revocation;
import ai.artcafe.gateway.agent.registry.Revocations;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Ends what an administrator wants ended. It is written down first: whatever the bus or a gateway
 * loses, the sweeps of all gateways make up for. Blocks.
 */
@ApplicationScoped
class Disconnects {

    private static final String DETAIL = "an admin of the tenant has ended the connection";
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Revocations revocations;
    private final CutOffs cutOffs;
    private final NatsCutOffs nats;
    private final OtherGateways others;
    private final CutOffBus bus;
    private final Clock clock;

    Disconnects(
            Revocations revocations,
            CutOffs cutOffs,
            NatsCutOffs nats,
            OtherGateways others,
            CutOffBus bus,
            Clock clock) {
        this.revocations = revocations;
        this.cutOffs = cutOffs;
        this.nats = nats;
        this.others = others;
        this.bus = bus;
        this.clock = clock;
    }

    /**
     * What was done by now.
     *
     * @param ended connections that have been ended
     * @param complete whether that was all there were: false while other gateways are still to do
     *     their part, or no NATS server has answered yet
     */
    @Schema(name = "DisconnectOutcome")
    record Outcome(int ended, boolean complete) {}

    /** All that the agent has open. */
    Outcome disconnect(TenantId tenant, AgentId agent) throws InterruptedException {
        AgentCutOff cutOff =
                new AgentCutOff(
                        tenant, agent, AgentCutOff.BOTH_DOORS, EndReason.DISCONNECTED, DETAIL);
        revocations.add(
                Revocation.of(tenant, agent, clock.instant(), cutOff.reason(), cutOff.doors()));
        cutOffs.note(cutOff);
        CompletableFuture<NatsCutOffs.Done> asked =
                nats.end(new ConnectionOwner.Agent(tenant, agent), cutOff.reason());
        int ended = cutOffs.closeSockets(cutOff);
        boolean alone = others.size() == 0;
        try {
            NatsCutOffs.Done done = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Outcome(ended + done.ended(), alone && done.isDone());
        } catch (ExecutionException | TimeoutException _) {
            return new Outcome(ended, false);
        }
    }

    /** One that is open here. */
    Outcome disconnect(OpenSocket socket) {
        socket.close(EndReason.DISCONNECTED, DETAIL);
        return new Outcome(1, true);
    }

    /** One that another gateway has. */
    Outcome disconnect(AgentConnection elsewhere) {
        revocations.add(
                Revocation.of(
                        elsewhere.tenantId(),
                        elsewhere.agentId(),
                        clock.instant(),
                        EndReason.DISCONNECTED,
                        elsewhere.connectionId()));
        bus.tell(elsewhere, EndReason.DISCONNECTED, DETAIL);
        return new Outcome(0, false);
    }
}
