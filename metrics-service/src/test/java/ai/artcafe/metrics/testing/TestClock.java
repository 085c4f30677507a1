package ai.artcafe.metrics.testing;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;

/** The service's clock, which stands at {@link #NOW} unless a test moves it, and brings it back. */
@Alternative
@Priority(1)
@Singleton
public final class TestClock extends ai.artcafe.runtime.testing.TestClock {

    public static final Instant NOW = Instant.parse("2026-11-21T03:50:05.300Z");

    public TestClock() {
        super(NOW);
    }
}
