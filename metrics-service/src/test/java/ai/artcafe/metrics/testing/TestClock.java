package ai.artcafe.metrics.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands at {@link #NOW}, unless a test moves it. */
@Alternative
@Priority(1)
@Singleton
public final class TestClock extends Clock {

    public static final Instant NOW = Instant.parse("2026-11-21T03:50:05.300Z");

    private volatile Instant now = NOW;

    /** For tests that bring it back to {@link #NOW} when they are done. */
    public void moveTo(Instant time) {
        now = time;
    }

    @Override
    public Instant instant() {
        return now;
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
