package ai.artcafe.tracker;

import ai.artcafe.tracker.limit.LimitWatch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** The watch over the limits of the NATS door in this process. */
@Startup
@ApplicationScoped
class LimitService {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Cadence cadence;

    LimitService(LimitWatch watch) {
        this.cadence = Cadence.every(LOOK, "limits", watch::look);
    }

    void stop(@Observes ShutdownEvent event) {
        cadence.close();
    }
}
