package ai.artcafe.runtime.http;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long heads may take, and how many took longer. Nothing is bounded before it is set: a server
 * without our router would never say that a request has begun. Thread-safe.
 */
final class HeadLimit {

    private final LongAdder ended = new LongAdder();
    private volatile long nanos;

    void set(Duration timeout) {
        nanos = timeout.toNanos();
    }

    boolean isSet() {
        return nanos > 0;
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
