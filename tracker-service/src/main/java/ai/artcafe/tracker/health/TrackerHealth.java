package ai.artcafe.tracker.health;

import ai.artcafe.tracker.Tracker;
import ai.artcafe.tracker.TrackerService;
import ai.artcafe.tracker.reconcile.Witness;
import ai.artcafe.tracker.reconcile.Witnesses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * What the tracker does itself; Redis, DynamoDB and the gateways' channel tell their own health.
 */
@ApplicationScoped
class TrackerHealth {

    /** Ten missed polls. */
    private static final Duration TOO_OLD = Duration.ofSeconds(10);

    private final Tracker tracker;
    private final Clock clock;

    TrackerHealth(TrackerService service, Clock clock) {
        this.tracker = service.tracker();
        this.clock = clock;
    }

    /** {@code nats-monitor}: whether the servers' counters are being read. */
    @Produces
    @Readiness
    HealthCheck monitor() {
        return () -> {
            var health = HealthCheckResponse.named("nats-monitor");
            if (!tracker.monitor().isConnected()) {
                health.withData("error", tracker.monitor().fault());
            }
            return state(
                    health,
                    "last_poll",
                    tracker.feed().lastAnswer(),
                    tracker.monitor().isConnected());
        };
    }

    /** {@code ledger}: whether Redis has all tenants, and what is read gets there. */
    @Produces
    @Readiness
    HealthCheck ledger() {
        return () ->
                state(
                        HealthCheckResponse.named("ledger")
                                .withData("waiting_connections", tracker.table().freshCount())
                                .withData("brought_back", tracker.recovery().isComplete()),
                        "last_applied",
                        tracker.feed().lastApplied(),
                        tracker.recovery().isComplete());
    }

    /**
     * {@code witnesses}: which of what the ledger is compared with is missing. Always up: counting
     * goes on without, and a tracker that is taken out of service for it would not bring it back.
     */
    @Produces
    @Readiness
    HealthCheck witnesses() {
        return () -> {
            Witnesses witnesses = tracker.witnesses();
            var health = HealthCheckResponse.named("witnesses").up();
            for (Witness witness : Witness.values()) {
                health.withData(witness.id(), witnesses.state(witness));
            }
            return health.withData("comparing", witnesses.isComparing()).build();
        };
    }

    /** {@code nats-tap}: whether the flow of messages is seen. */
    @Produces
    @Readiness
    HealthCheck tap() {
        return () -> {
            var health =
                    HealthCheckResponse.named("nats-tap")
                            .withData("dropped_messages", tracker.tap().dropped());
            if (!tracker.tap().isConnected()) {
                return health.down().withData("error", tracker.tap().fault()).build();
            }
            return health.up().build();
        };
    }

    private HealthCheckResponse state(
            HealthCheckResponseBuilder health, String name, Instant last, boolean connected) {
        boolean recent = last.plus(TOO_OLD).isAfter(clock.instant());
        if (!last.equals(Instant.EPOCH)) {
            health.withData(name, last.toString());
        }
        return health.status(connected && recent).build();
    }
}
