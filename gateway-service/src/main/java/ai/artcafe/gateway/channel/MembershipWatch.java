package ai.artcafe.gateway.channel;

import ai.artcafe.gateway.channel.registry.MembershipChanges;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.runtime.store.StoreOutages;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Has the open sockets follow what their agents belong to: looks at the latest changes once a
 * second, and at once when somebody says that there are new ones.
 */
@ApplicationScoped
class MembershipWatch {

    private static final Logger LOG = Logger.getLogger(MembershipWatch.class);

    /** How far behind the last look the next begins: clocks differ, and writes take their time. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    /** Between two looks, however many are asked for. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Duration ENDING = Duration.ofSeconds(2);

    private final MembershipChanges changes;
    private final OpenMemberships open;
    private final ChannelConfig config;
    private final GatewayMeters meters;
    private final Clock clock;
    private final Semaphore wanted = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;

    private Set<String> seen = new HashSet<>(); // of the watcher, as is what follows
    private Instant lastLook;

    MembershipWatch(
            MembershipChanges changes,
            OpenMemberships open,
            ChannelConfig config,
            GatewayMeters meters,
            Clock clock) {
        this.changes = changes;
        this.open = open;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.lastLook = clock.instant();
        this.watcher = Thread.ofVirtual().name("memberships").unstarted(this::watch);
    }

    void start(@Observes StartupEvent event) {
        watcher.start();
    }

    void stop(@Observes ShutdownEvent event) {
        closing.countDown();
        wanted.release();
        try {
            if (!watcher.join(ENDING)) {
                LOG.warnf("memberships are still being looked at at shutdown");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks for a look now; any thread may, without waiting. */
    void lookSoon() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    private void watch() {
        try {
            while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                boolean _ =
                        wanted.tryAcquire(
                                config.membershipsEvery().toMillis(), TimeUnit.MILLISECONDS);
                wanted.drainPermits();
                look();
            }
        } catch (InterruptedException _) {
            LOG.debugf("memberships are looked at no more");
        }
    }

    /** A fault of one look must not end all others. What could not be done is done next time. */
    private void look() throws InterruptedException {
        try {
            Instant now = clock.instant();
            if (Duration.between(lastLook, now).compareTo(MembershipChanges.LIFE) >= 0) {
                open.followAll(now);
            }
            List<MembershipChange> latest = changes.since(lastLook.minus(OVERLAP));
            open.follow(
                    latest.stream()
                            .filter(change -> !seen.contains(change.key()))
                            .map(OpenMemberships.Owner::of)
                            .collect(Collectors.toSet()),
                    now);
            seen = latest.stream().map(MembershipChange::key).collect(Collectors.toSet());
            lastLook = now;
        } catch (RuntimeException e) {
            meters.membershipsUnread();
            StoreOutages.storeAway(e)
                    .ifPresentOrElse(
                            away -> LOG.warnf("memberships cannot be looked at away=%s", away),
                            () -> LOG.errorf(e, "memberships could not be looked at"));
        }
    }
}
