package ai.artcafe.metrics.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands at {@link #NOW}. */
@Alternative
@Priority(1)
@Singleton
public final class TestClock extends Clock {

    public static final Instant NOW = Instant.parse("2026-11-21T03:50:05.300Z");

    @Override
    public Instant instant() {
        return NOW;
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
