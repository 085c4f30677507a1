package ai.artcafe.nats;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ThrowingRunnable;

/** Waiting, with one patience for all tests. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Eventually() {}

    public static void isTrue(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(condition);
    }

    public static void asserted(ThrowingRunnable assertion) {
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).untilAsserted(assertion);
    }
}
