package ai.artcafe.tracker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does something again and again on a virtual thread of its own. A run that takes too long delays
 * the next one; none is made up for.
 */
final class Cadence implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Cadence.class);

    private final String name;
    private final Runnable task;
    private final long intervalNanos;
    private final long delayNanos;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private Cadence(String name, Duration interval, long delayNanos, Runnable task) {
        this.name = name;
        this.task = task;
        this.intervalNanos = interval.toNanos();
        this.delayNanos = delayNanos;
        this.thread = Thread.ofVirtual().name("tracker-" + name).unstarted(this::keep);
    }

    static Cadence every(Duration interval, String name, Runnable task) {
        return start(new Cadence(name, interval, interval.toNanos(), task));
    }

    /** The same, at moments that are whole multiples of the interval by the clock at the start. */
    static Cadence aligned(Duration interval, String name, Runnable task, Clock clock) {
        Instant now = clock.instant();
        long nanos = now.getEpochSecond() % 3600 * 1_000_000_000L + now.getNano();
        return start(
                new Cadence(name, interval, interval.toNanos() - nanos % interval.toNanos(), task));
    }

    private static Cadence start(Cadence cadence) {
        cadence.thread.start();
        return cadence;
    }

    private void keep() {
        long next = System.nanoTime() + delayNanos;
        try {
            while (!closing.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                next = Math.max(next, System.nanoTime() - intervalNanos) + intervalNanos;
                attempt();
            }
        } catch (InterruptedException e) {
            LOG.debugf("Interrupted: task=%s", name);
        }
    }

    /** Not even an Error may end the cadence. */
    private void attempt() {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.errorf(e, "Failed, will run again: task=%s", name);
        }
    }

    /** Returns when the present run, if there is one, is over. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
