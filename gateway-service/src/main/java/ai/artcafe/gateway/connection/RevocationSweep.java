package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.agent.Revocation;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.agent.registry.Revocations;
import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Finds the connections that should have ended and have not: because whoever took the request died
 * before it could tell, or because nobody heard it. Every gateway looks at the latest revocations
 * and closes its own sockets; the NATS door is searched twice for each, by whoever claims it.
 */
@ApplicationScoped
class RevocationSweep {

    private static final Logger LOG = Logger.getLogger(RevocationSweep.class);

    /** How far back is looked: how long the store or NATS may be away, and clocks differ. */
    private static final Duration WINDOW = Duration.ofMinutes(2);

    /** For so long after it was seen, a socket may still open that was let in before it. */
    private static final Duration WATCHED = Duration.ofSeconds(10);

    /** When the NATS door is searched: who made the change has done so at once. */
    private static final List<Duration> PASSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(7));

    /** The same for a whole tenant: another gateway may let agents in for two seconds. */
    private static final List<Duration> TENANT_PASSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7));

    private static final Duration CLAIM = Duration.ofSeconds(3);
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private final AgentRegistry agents;
    private final Revocations revocations;
    private final OpenSockets sockets;
    private final NatsDoor door;
    private final NatsCutOffs nats;
    private final SlotCutOffs slots;
    private final CutOffs cutOffs;
    private final Tenants tenants;
    private final GatewayMeters meters;
    private final Clock clock;
    private Map<Seen, Instant> firstSeen = new HashMap<>(); // of the sweeping thread

    private record Seen(
            TenantId tenant, Optional<AgentId> agent, Instant at, Optional<String> connectionId) {

        static Seen of(Revocation revocation) {
            return new Seen(
                    revocation.tenant(),
                    revocation.agent(),
                    revocation.at(),
                    revocation.connectionId());
        }
    }

    RevocationSweep(
            AgentRegistry agents,
            Revocations revocations,
            OpenSockets sockets,
            NatsDoor door,
            NatsCutOffs nats,
            SlotCutOffs slots,
            CutOffs cutOffs,
            Tenants tenants,
            GatewayMeters meters,
            Clock clock) {
        this.agents = agents;
        this.revocations = revocations;
        this.sockets = sockets;
        this.door = door;
        this.nats = nats;
        this.slots = slots;
        this.cutOffs = cutOffs;
        this.tenants = tenants;
        this.meters = meters;
        this.clock = clock;
    }

    /** One round; blocks. A fault of one must not end all others. */
    void run() {
        try {
            Instant now = clock.instant();
            List<Revocation> latest = revocations.since(now.minus(WINDOW));
            remember(latest, now);
            for (Revocation revocation : latest) {
                Duration age = Duration.between(seen(revocation), now);
                if (revocation.doors().contains(Door.WEBSOCKET) && age.compareTo(WATCHED) <= 0) {
                    revocation
                            .agent()
                            .ifPresentOrElse(
                                    agent -> closeSockets(revocation, agent),
                                    () -> closeAll(revocation.tenant()));
                }
                if (revocation.doors().contains(Door.NATS)
                        && isDue(revocation, age, now)
                        && revocations.claim(revocation, now, CLAIM)) {
                    revocation
                            .agent()
                            .ifPresentOrElse(
                                    agent -> searchNats(revocation, agent),
                                    () -> searchSlot(revocation));
                }
            }
        } catch (RuntimeException e) {
            meters.sweepFailed();
            StoreOutages.storeAway(e)
                    .ifPresentOrElse(
                            away -> LOG.warnf("revoked agents cannot be looked for away=%s", away),
                            () -> LOG.errorf(e, "revoked agents could not be looked for"));
        }
    }

    private void remember(List<Revocation> latest, Instant now) {
        Map<Seen, Instant> known = new HashMap<>();
        for (Revocation revocation : latest) {
            Seen seen = Seen.of(revocation);
            known.put(seen, firstSeen.getOrDefault(seen, now));
        }
        firstSeen = known;
    }

    private Instant seen(Revocation revocation) {
        return firstSeen.getOrDefault(Seen.of(revocation), revocation.at());
    }

    private void closeAll(TenantId tenant) {
        long found = cutOffs.end(tenant);
        if (found > 0) {
            meters.sweepFound();
            LOG.infof("sockets of a deleted tenant found tenant=%s sockets=%d", tenant, found);
        }
    }

    private void closeSockets(Revocation revocation, AgentId agent) {
        List<? extends OpenSocket> open =
                sockets.of(agent).stream()
                        .filter(socket -> socket.admitted().tenantId().equals(revocation.tenant()))
                        .filter(socket ->
                                revocation
                                        .connectionId()
                                        .map(socket.connectionId()::equals)
                                        .orElse(true))
                        .toList();
        if (open.isEmpty()) {
            return;
        }
        if (revocation.reason() == EndReason.DISCONNECTED) {
            open.stream()
                    .filter(socket -> socket.openedAt().isBefore(revocation.at()))
                    .forEach(socket -> close(socket, EndReason.DISCONNECTED));
            return;
        }
        Optional<Agent> present = agents.find(revocation.tenant(), agent);
        open.forEach(socket ->
                fault(socket.admitted(), present).ifPresent(reason -> close(socket, reason)));
    }

    private void close(OpenSocket socket, EndReason reason) {
        meters.sweepFound();
        LOG.infof(
                "socket of a revoked agent found tenant=%s agent=%s reason=%s",
                socket.admitted().tenantId(), socket.admitted().agentId(), reason.id());
        socket.close(reason, "the agent may not be connected any more: " + reason.id());
    }

    /** Why the agent that was let in may not be connected any more. */
    static Optional<EndReason> fault(Agent admitted, Optional<Agent> present) {
        if (present.isEmpty()) {
            return Optional.of(EndReason.DELETED);
        }
        if (!present.get().isActive()) {
            return Optional.of(EndReason.DISABLED);
        }
        return present.get().sshPublicKey().equals(admitted.sshPublicKey())
                ? Optional.empty()
                : Optional.of(EndReason.KEY_REPLACED);
    }

    /** Who was disconnected may be back already; with a replaced key nobody can be. */
    private Predicate<NatsDoor.Found> endsAtNats(Revocation revocation, AgentId agent) {
        if (revocation.reason() == EndReason.DISCONNECTED) {
            return found -> found.openedAt().isBefore(revocation.at());
        }
        boolean active =
                agents.find(revocation.tenant(), agent).filter(Agent::isActive).isPresent();
        Instant replaced = revocation.at().plus(CLOCKS_DIFFER);
        return found -> !active || found.openedAt().isBefore(replaced);
    }

    private boolean isDue(Revocation revocation, Duration age, Instant now) {
        List<Duration> passes = revocation.agent().isPresent() ? PASSES : TENANT_PASSES;
        return revocation.passes() < passes.size()
                && age.compareTo(passes.get(revocation.passes())) >= 0
                && revocation.claimedUntil().isBefore(now)
                && door.isUp();
    }

    private void searchSlot(Revocation revocation) {
        tenants.findKept(revocation.tenant())
                .filter(tenant -> slots.endOnce(tenant.tenantId(), tenant.slot()))
                .ifPresent(_ -> revocations.passed(revocation));
    }

    private void searchNats(Revocation revocation, AgentId agent) {
        nats.end(
                        new ConnectionOwner.Agent(revocation.tenant(), agent),
                        revocation.reason(),
                        endsAtNats(revocation, agent))
                .thenAcceptAsync(
                        done -> {
                            if (done.isDone()) {
                                revocations.passed(revocation);
                            }
                        },
                        task -> Thread.ofVirtual().name("revocation-passed").start(task));
    }
}
