package ai.artcafe.runtime.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves. */
final class SteppedClock extends Clock {

    private final AtomicReference<Instant> now;

    SteppedClock(String now) {
        this.now = new AtomicReference<>(Instant.parse(now));
    }

    void step(Duration by) {
        now.updateAndGet(each -> each.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("UTC only");
    }
}
