package ai.artcafe.gateway.channel;

import ai.artcafe.gateway.channel.registry.ChannelSubscriptions;
import ai.artcafe.gateway.connection.OpenSocket;
import ai.artcafe.gateway.connection.OpenSockets;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Tells the sockets that are open here what their agents belong to now. Used by one thread, which
 * it blocks.
 */
@ApplicationScoped
class OpenMemberships {

    /** For so long a socket may still open that was told what its agent belonged to before. */
    private static final Duration OPENING = Duration.ofSeconds(15);

    private static final Duration JUST_OPENED = Duration.ofSeconds(1);
    private static final int AT_ONCE = 8;

    private final OpenSockets sockets;
    private final BiFunction<TenantId, AgentId, List<ChannelId>> memberships;

    /** When the agents were looked at whose newer sockets are to be looked at once more. */
    private final Map<Owner, Instant> again = new HashMap<>();

    @Inject
    OpenMemberships(OpenSockets sockets, ChannelSubscriptions subscriptions) {
        this(sockets, subscriptions::channelsOf);
    }

    OpenMemberships(
            OpenSockets sockets, BiFunction<TenantId, AgentId, List<ChannelId>> memberships) {
        this.sockets = sockets;
        this.memberships = memberships;
    }

    /** Whose membership. */
    record Owner(TenantId tenant, AgentId agent) {

        static Owner of(MembershipChange change) {
            return new Owner(change.tenant(), change.agent());
        }

        static Owner of(OpenSocket socket) {
            return new Owner(socket.admitted().tenantId(), socket.admitted().agentId());
        }
    }

    /** All agents that have sockets here. */
    void followAll(Instant now) throws InterruptedException {
        follow(sockets.all().stream().map(Owner::of).collect(Collectors.toSet()), now);
    }

    /**
     * Those whose channels have changed, and those that did so a while ago and have sockets now
     * that were just opening then.
     *
     * @throws RuntimeException when not all of them could be looked up; those are to be named again
     */
    void follow(Set<Owner> changed, Instant now) throws InterruptedException {
        Map<Owner, Collection<? extends OpenSocket>> concerned = new HashMap<>();
        again.forEach((owner, looked) -> {
            if (isOver(looked, now)) {
                concern(concerned, owner, looked.minus(JUST_OPENED));
            }
        });
        changed.forEach(owner -> concern(concerned, owner, Instant.MIN));
        tell(concerned);
        again.values().removeIf(looked -> isOver(looked, now));
        changed.forEach(owner -> again.put(owner, now));
    }

    private static boolean isOver(Instant looked, Instant now) {
        return !now.isBefore(looked.plus(OPENING));
    }

    private void concern(
            Map<Owner, Collection<? extends OpenSocket>> concerned,
            Owner owner,
            Instant openedAfter) {
        List<? extends OpenSocket> own =
                sockets.of(owner.agent()).stream()
                        .filter(socket -> Owner.of(socket).equals(owner))
                        .filter(socket -> socket.openedAt().isAfter(openedAfter))
                        .toList();
        if (!own.isEmpty()) {
            concerned.put(owner, own);
        }
    }

    private void tell(Map<Owner, Collection<? extends OpenSocket>> concerned)
            throws InterruptedException {
        if (concerned.isEmpty()) {
            return;
        }
        try (ExecutorService readers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<?>> told =
                    concerned.entrySet().stream()
                            .<Future<?>>map(
                                    one -> readers.submit(() -> tell(one.getKey(), one.getValue())))
                            .toList();
            for (Future<?> one : told) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        }
    }

    private void tell(Owner owner, Collection<? extends OpenSocket> own) {
        List<ChannelId> channels = memberships.apply(owner.tenant(), owner.agent());
        own.forEach(socket -> socket.belongTo(channels));
    }
}
