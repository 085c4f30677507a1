package ai.artcafe.runtime.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Reports as long as the service runs, one round at a time, and once more at its end. */
@ApplicationScoped
public class StatusReports {

    private static final Logger LOG = Logger.getLogger(StatusReports.class);

    /** Of shutdown observers: while what a sink needs is still there. */
    static final int EARLY = 1;

    private static final Duration FAREWELL = Duration.ofSeconds(4);

    private final StatusConfig config;
    private final ReportSink sink;
    private final Clock clock;
    private final MinuteBook book;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread reporter = Thread.ofVirtual().name("status").unstarted(this::keep);

    private boolean kept = true; // of the reporter's thread only

    StatusReports(
            StatusConfig config,
            @ConfigProperty(name = "quarkus.application.name") String application,
            ActivityRecorder recorder,
            ReportSink sink,
            Instance<MeterRegistry> meters,
            Clock clock) {
        this.config = config;
        this.sink = sink;
        this.clock = clock;
        this.book =
                new MinuteBook(ServiceInstance.of(application), recorder, config.waitingMinutes());
        meters.stream().forEach(registry -> StatusMeters.watch(book, registry));
    }

    void start(@Observes StartupEvent event) {
        reporter.start();
    }

    void stop(@Observes @Priority(EARLY) ShutdownEvent event) throws InterruptedException {
        closing.countDown();
        if (!reporter.join(FAREWELL)) {
            LOG.warnf("Status not reported at shutdown: minutes=%d", book.waiting());
        }
    }

    private void keep() {
        try {
            while (!closing.await(config.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
            round();
        } catch (InterruptedException e) {
            LOG.debug("Interrupted");
        }
    }

    /** A fault of one round must not end all others. */
    private void round() {
        try {
            long before = book.givenUp();
            boolean now = book.report(clock.instant(), sink);
            if (now != kept) {
                kept = now;
                LOG.infof(now ? "Status is reported again" : "Status waits to be reported");
            }
            if (book.givenUp() > before) {
                LOG.warnf(
                        "Status could not be reported for too long: minutes_lost=%d",
                        book.givenUp());
            }
        } catch (RuntimeException e) {
            LOG.errorf(e, "Status not reported: minutes=%d", book.waiting());
        }
    }
}
