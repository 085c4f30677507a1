package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.connection.store.ConnectionStore;
import ai.artcafe.gateway.connection.store.GatewayRuns;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.runtime.store.StoreOutages;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which gateways run, by their heartbeats in DynamoDB. The records of one that has had none for
 * long are removed by whoever notices first, and are not shown meanwhile.
 */
@ApplicationScoped
class Gateways {

    private static final Logger LOG = Logger.getLogger(Gateways.class);

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final GatewayRuns runs;
    private final ConnectionStore store;
    private final ConnectionRecords records;
    private final ConnectionConfig config;
    private final GatewayMeters meters;
    private final Clock clock;
    private final String own;
    private boolean renewAgain; // of the beating thread
    private Instant readAt = Instant.MIN; // guarded by this
    private Set<String> running = Set.of(); // guarded by this

    Gateways(
            GatewayRuns runs,
            ConnectionStore store,
            ConnectionRecords records,
            ConnectionConfig config,
            GatewayIdentity gateway,
            GatewayMeters meters,
            Clock clock) {
        this.runs = runs;
        this.store = store;
        this.records = records;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
        this.own = gateway.run();
    }

    /** One heartbeat, and a look at the others'. Blocks. */
    void beat() {
        try {
            boolean takenForGone = runs.beat();
            if (takenForGone || renewAgain) {
                // once more the next time: whoever removes them may not have come to the end
                renewAgain = takenForGone;
                store.forgetMarks();
                records.renew();
            }
            Instant oldest = clock.instant().minus(config.heartbeatTimeout());
            runs.all()
                    .forEach((run, seenAt) -> {
                        if (seenAt.isBefore(oldest) && !run.equals(own) && runs.bury(run, seenAt)) {
                            int removed = store.endAll(run, seenAt);
                            runs.remove(run, seenAt);
                            meters.leftOversRemoved(removed);
                            LOG.infof("a gateway is gone run=%s records=%d", run, removed);
                        }
                    });
        } catch (RuntimeException e) {
            StoreOutages.storeAway(e)
                    .ifPresentOrElse(
                            away -> LOG.warnf("no heartbeat could be written away=%s", away),
                            () -> LOG.errorf(e, "no heartbeat could be written"));
        }
    }

    /** Whether the run is there, as of a second ago. Blocks. */
    synchronized boolean isRunning(String run) {
        Instant now = clock.instant();
        if (readAt.isBefore(now.minus(FRESH))) {
            Instant oldest = now.minus(config.heartbeatTimeout());
            running =
                    runs.all().entrySet().stream()
                            .filter(entry -> !entry.getValue().isBefore(oldest))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet());
            readAt = now;
        }
        return run.equals(own) || running.contains(run);
    }

    /** The sockets are closed: leaves nothing behind, or leaves it to the others. */
    void leave() {
        try {
            if (records.write()) {
                store.removeMarks();
                runs.leave();
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "records of connections are left for others reason=%s",
                    String.valueOf(e.getMessage()));
        }
    }
}
