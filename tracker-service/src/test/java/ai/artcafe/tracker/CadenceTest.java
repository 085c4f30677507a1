package ai.artcafe.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CadenceTest {

    @Test
    void goes_on_though_a_run_fails_and_ends_when_closed() {
        AtomicInteger runs = new AtomicInteger();
        Cadence cadence =
                Cadence.every(
                        Duration.ofMillis(20),
                        "test",
                        () -> {
                            runs.incrementAndGet();
                            throw new AssertionError("on purpose");
                        });
        await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() >= 3);

        cadence.close();

        int ran = runs.get();
        await().atMost(Duration.ofSeconds(30))
                .during(Duration.ofMillis(60))
                .until(() -> runs.get() == ran);
        assertThat(ran).isGreaterThanOrEqualTo(3);
    }
}
