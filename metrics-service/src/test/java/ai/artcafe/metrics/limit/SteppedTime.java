package ai.artcafe.metrics.limit;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** Time that passes when it is told to. */
final class SteppedTime implements TimeMeter {

    private long nanos = Duration.ofDays(1).toNanos();

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public long currentTimeNanos() {
        return nanos;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
