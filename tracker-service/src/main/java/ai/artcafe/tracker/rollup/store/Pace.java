package ai.artcafe.tracker.rollup.store;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Holds writes to a rate, and all of them back for a while when one was throttled. Thread-safe;
 * meant for virtual threads.
 */
final class Pace {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Bucket bucket;
    private final long perSecond;
    private final Duration backoff;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
    private final LongAdder throttled = new LongAdder();

    /**
     * @param perSecond writes in the long run, and at once after a pause
     * @param backoff the pause after a first throttled try
     */
    Pace(long perSecond, Duration backoff) {
        this.perSecond = perSecond;
        this.backoff = backoff;
        this.bucket =
                Bucket.builder()
                        .addLimit(
                                Bandwidth.builder()
                                        .capacity(perSecond)
                                        .refillGreedy(perSecond, Duration.ofSeconds(1))
                                        .build())
                        .build();
    }

    /** Returns when so many writes may be made. */
    void take(long writes) throws InterruptedException {
        for (long left = writes; left > 0; left -= perSecond) {
            bucket.asBlocking().consume(Math.min(left, perSecond));
        }
        for (long wait = quiet(); wait > 0; wait = quiet()) {
            Thread.sleep(Duration.ofNanos(wait));
        }
    }

    /**
     * Keeps every write waiting.
     *
     * @param attempt how often the write has been tried
     */
    void throttled(int attempt) {
        throttled.increment();
        long pause =
                Math.min(
                        LONGEST_PAUSE.toNanos(),
                        backoff.toNanos() << Math.min(attempt - 1, Long.SIZE / 4));
        long jitter = ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        long until = System.nanoTime() + pause + jitter;
        quietUntil.accumulateAndGet(until, (held, next) -> next - held > 0 ? next : held);
    }

    /** How often something was throttled. */
    long throttledCount() {
        return throttled.sum();
    }

    private long quiet() {
        return quietUntil.get() - System.nanoTime();
    }
}
