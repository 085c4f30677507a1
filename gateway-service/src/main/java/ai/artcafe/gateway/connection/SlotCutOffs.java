package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Ends all that a deleted tenant's agents have open at the NATS door. Thread-safe. */
@ApplicationScoped
class SlotCutOffs {

    private static final Logger LOG = Logger.getLogger(SlotCutOffs.class);

    /** Who was let in before every gateway knew is found by the later ones. */
    private static final List<Duration> PASSES =
            List.of(
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(7));

    private static final int AT_ONCE = 32;
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("slot-cut-off").start(task);

    private final NatsDoor door;
    private final GatewayMeters meters;

    SlotCutOffs(NatsDoor door, GatewayMeters meters) {
        this.door = door;
        this.meters = meters;
    }

    /** All of them, and those that are just being made. Does not block. */
    void end(TenantId tenant, Slot slot) {
        for (Duration delay : PASSES) {
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, THREADS)
                    .execute(() -> {
                        boolean _ = endOnce(tenant, slot);
                    });
        }
    }

    /** Those that there are; false when no server could be asked. Blocks. */
    boolean endOnce(TenantId tenant, Slot slot) {
        try {
            NatsDoor.Look look = door.look(slot);
            kick(
                    look.found().stream()
                            .filter(found -> found.owner().tenant().equals(tenant))
                            .toList());
            return !look.servers().isEmpty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException | ExecutionException e) {
            LOG.errorf(e, "connections of a deleted tenant could not be ended tenant=%s", tenant);
            return false;
        }
    }

    private void kick(List<NatsDoor.Found> found) throws InterruptedException, ExecutionException {
        if (found.isEmpty()) {
            return;
        }
        try (ExecutorService kickers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Boolean>> kicked =
                    found.stream().map(one -> kickers.submit(() -> door.kick(one))).toList();
            for (Future<Boolean> one : kicked) {
                meters.kicked(one.get());
            }
        }
    }
}
