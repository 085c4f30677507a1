package ai.artcafe.metrics.limit;

import java.time.Duration;

/**
 * What came of a request for some units.
 *
 * @param caller whose they are
 * @param perMinute what the limit gives in the long run
 * @param remaining units that are left now
 * @param full when all are back, if nothing more is taken
 * @param retryAfter when there are enough for what was refused; zero when it was granted
 */
record Take(Caller caller, long perMinute, long remaining, Duration full, Duration retryAfter) {

    boolean granted() {
        return retryAfter.isZero();
    }
}
