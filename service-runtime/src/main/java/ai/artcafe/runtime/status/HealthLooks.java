package ai.artcafe.runtime.status;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks again and again whether all that the service needs is well, as an operator would. */
@ApplicationScoped
public class HealthLooks {

    private static final Logger LOG = Logger.getLogger(HealthLooks.class);

    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final StatusConfig config;
    private final SmallRyeHealthReporter health;
    private final ActivityRecorder recorder;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread looker = Thread.ofVirtual().name("status-health").unstarted(this::keep);

    HealthLooks(StatusConfig config, SmallRyeHealthReporter health, ActivityRecorder recorder) {
        this.config = config;
        this.health = health;
        this.recorder = recorder;
    }

    void start(@Observes StartupEvent event) {
        looker.start();
    }

    void stop(@Observes @Priority(StatusReports.EARLY) ShutdownEvent event)
            throws InterruptedException {
        closing.countDown();
        if (!looker.join(FAREWELL)) {
            LOG.debug("A look at the health goes on");
        }
    }

    private void keep() {
        try {
            while (!closing.await(config.healthInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted");
        }
    }

    private void look() {
        boolean healthy = false;
        try {
            healthy = !health.getHealth().isDown();
        } catch (RuntimeException e) {
            LOG.debugf(e, "Health not known");
        }
        if (closing.getCount() > 0) {
            recorder.looked(healthy);
        }
    }
}
