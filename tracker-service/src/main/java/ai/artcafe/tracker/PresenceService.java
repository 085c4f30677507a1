package ai.artcafe.tracker;

import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.presence.EndedConnections;
import ai.artcafe.tracker.presence.ErrorCounts;
import ai.artcafe.tracker.presence.Presence;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The presence of this process at work. */
@Startup
@ApplicationScoped
class PresenceService {

    private static final Duration ENDED = Duration.ofSeconds(1);

    private final Presence presence;
    private final List<Cadence> cadences;

    @Inject
    PresenceService(
            Presence presence,
            TrackerService service,
            ErrorCounts errors,
            Lease lease,
            Clock clock) {
        this.presence = presence;
        Tracker tracker = service.tracker();
        EndedConnections ended =
                new EndedConnections(tracker.suspects()::since, presence, errors, lease, clock);
        this.cadences =
                List.of(
                        Cadence.every(
                                presence.config().interval(),
                                "presence",
                                () -> presence.run(tracker.tap().isConnected())),
                        Cadence.every(ENDED, "ended-connections", ended::count),
                        Cadence.every(
                                presence.config().checkEvery(), "presence-check", presence::check),
                        Cadence.every(
                                presence.config().historyEvery(),
                                "presence-history",
                                presence::keepHistory));
    }

    /** What was heard last is taken in; what is not is left to the other trackers. */
    void stop(@Observes ShutdownEvent event) {
        cadences.forEach(Cadence::close);
        presence.run(true);
    }
}
