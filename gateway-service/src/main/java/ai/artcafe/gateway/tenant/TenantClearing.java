package ai.artcafe.gateway.tenant;

import ai.artcafe.gateway.agent.TenantCutOff;
import ai.artcafe.gateway.agent.registry.TenantAgents;
import ai.artcafe.gateway.channel.registry.TenantChannels;
import ai.artcafe.gateway.member.registry.MemberRegistry;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.gateway.tenant.registry.PendingClearings;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.StoreOutages;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Removes what deleted tenants had: agents, channels and members. One gateway does it for each
 * tenant; when it ends over it, another goes on. All of it may be done any number of times.
 */
@ApplicationScoped
class TenantClearing {

    private static final Logger LOG = Logger.getLogger(TenantClearing.class);

    private static final Duration CLAIM = Duration.ofMinutes(5);

    /** For so long after it was deleted, what began before may still be written. */
    private static final Duration WRITES_END = Duration.ofMinutes(1);

    private static final Duration ENDING = Duration.ofSeconds(2);

    private final PendingClearings pending;
    private final TenantAgents agents;
    private final TenantChannels channels;
    private final MemberRegistry members;
    private final TenantConfig config;
    private final GatewayMeters meters;
    private final Clock clock;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread worker;
    private volatile boolean closing;

    TenantClearing(
            PendingClearings pending,
            TenantAgents agents,
            TenantChannels channels,
            MemberRegistry members,
            TenantConfig config,
            GatewayMeters meters,
            Clock clock) {
        this.pending = pending;
        this.agents = agents;
        this.channels = channels;
        this.members = members;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.worker = Thread.ofVirtual().name("tenant-clearing").unstarted(this::work);
    }

    void start(@Observes StartupEvent event) {
        worker.start();
    }

    void stop(@Observes ShutdownEvent event) {
        closing = true;
        wanted.release();
        try {
            if (!worker.join(ENDING)) {
                LOG.warnf("deleted tenants are still being cleared at shutdown, others go on");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void clearSoon(@Observes TenantCutOff deleted) {
        wanted.release();
    }

    private void work() {
        try {
            while (!closing) {
                boolean _ =
                        wanted.tryAcquire(config.clearEvery().toMillis(), TimeUnit.MILLISECONDS);
                wanted.drainPermits();
                if (!closing) {
                    round();
                }
            }
        } catch (InterruptedException _) {
            LOG.debugf("deleted tenants are cleared no more");
        }
    }

    /** A fault of one tenant must not keep all others. */
    private void round() {
        try {
            for (PendingClearings.Pending one : pending.all()) {
                Instant now = clock.instant();
                if (!closing && pending.claim(one.tenant(), now, CLAIM)) {
                    clear(one, now);
                }
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void clear(PendingClearings.Pending one, Instant begun) {
        TenantId tenant = one.tenant();
        try {
            agents.clear(tenant, agent -> channels.clear(tenant, agent));
            channels.clear(tenant);
            members.clear(tenant);
            if (begun.isBefore(one.deletedAt().plus(WRITES_END))) {
                pending.release(tenant);
            } else {
                pending.done(tenant);
                LOG.infof("nothing is left of a deleted tenant but its usage tenant=%s", tenant);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        meters.clearingFailed();
        StoreOutages.storeAway(e)
                .ifPresentOrElse(
                        away -> LOG.warnf("deleted tenants cannot be cleared away=%s", away),
                        () -> LOG.errorf(e, "deleted tenants could not be cleared"));
    }
}
