package ai.artcafe.runtime.http;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How long heads may take, and how many took longer. Thread-safe. */
final class HeadLimit {

    private static final Duration UNTIL_CONFIGURED = Duration.ofSeconds(10);

    private final LongAdder ended = new LongAdder();
    private volatile long nanos = UNTIL_CONFIGURED.toNanos();

    void set(Duration timeout) {
        nanos = timeout.toNanos();
    }

    long nanos() {
        return nanos;
    }

    /** A connection was ended. */
    void ended() {
        ended.increment();
    }

    long count() {
        return ended.sum();
    }
}
