package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.connection.TenantGone;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.access.AccessDecision;
import ai.artcafe.runtime.access.Memberships;
import ai.artcafe.runtime.access.TenantAccess;
import ai.artcafe.runtime.access.TenantChoice;
import ai.artcafe.runtime.store.StoreOutages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The open sockets of this gateway. Closes those whose users are members no more, within the time
 * of a {@linkplain DashboardConfig#membershipCheck check}. Thread-safe.
 */
@ApplicationScoped
class DashboardSockets {

    private static final Logger LOG = Logger.getLogger(DashboardSockets.class);

    private final Memberships memberships;
    private final DashboardConfig config;
    private final Set<DashboardSocket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    DashboardSockets(Memberships memberships, DashboardConfig config) {
        this.memberships = memberships;
        this.config = config;
    }

    void start() {
        Thread.ofVirtual().name("dashboard-members").start(this::checkAgainAndAgain);
    }

    /** False when the gateway is going away. */
    boolean add(DashboardSocket socket) {
        sockets.add(socket);
        return !isDraining();
    }

    void remove(DashboardSocket socket) {
        sockets.remove(socket);
    }

    int size() {
        return sockets.size();
    }

    boolean isDraining() {
        return closing.getCount() == 0;
    }

    /** Lets no socket in any more, closes the open ones and waits until they are closed. */
    boolean drain(Duration patience) {
        closing.countDown();
        List<DashboardSocket> open = new ArrayList<>(sockets);
        open.forEach(DashboardSocket::sendAway);
        long deadline = System.nanoTime() + patience.toNanos();
        for (DashboardSocket socket : open) {
            if (!socket.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    /** Closes those of a tenant that is deleted. */
    void end(@Observes TenantGone gone) {
        sockets.stream()
                .filter(socket -> socket.access().tenant().equals(gone.tenant()))
                .forEach(socket -> socket.close(ErrorCode.FORBIDDEN, "the tenant is deleted"));
    }

    private void checkAgainAndAgain() {
        try {
            while (!closing.await(config.membershipCheck().toMillis(), TimeUnit.MILLISECONDS)) {
                sockets.forEach(this::check);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What cannot be looked up now is looked up next time. */
    private void check(DashboardSocket socket) {
        try {
            TenantAccess held = socket.access();
            if (memberships.decide(held.user(), new TenantChoice.Named(held.tenant()), Role.VIEWER)
                    instanceof AccessDecision.Refused) {
                socket.close(ErrorCode.FORBIDDEN, "you are no member of this tenant any more");
            }
        } catch (RuntimeException e) {
            if (StoreOutages.storeAway(e).isEmpty()) {
                LOG.errorf(e, "a membership could not be checked");
            }
        }
    }
}
