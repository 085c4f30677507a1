package ai.artcafe.tracker.rollup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void writes_beyond_a_second_s_worth_wait_their_turn() throws InterruptedException {
        long begun = System.nanoTime();
        Pace pace = new Pace(200, Duration.ofMillis(1));

        pace.take(200);
        Duration first = since(begun);
        pace.take(100);

        assertThat(first).isLessThan(Duration.ofSeconds(1)); // what it would take from nothing
        assertThat(since(begun)).isGreaterThan(Duration.ofMillis(450));
    }

    @Test
    void a_write_larger_than_a_second_s_worth_gets_through() throws InterruptedException {
        long begun = System.nanoTime();

        new Pace(100, Duration.ofMillis(1)).take(150);

        assertThat(since(begun)).isGreaterThan(Duration.ofMillis(450));
    }

    @Test
    void one_throttled_write_holds_all_back() throws InterruptedException {
        Pace pace = new Pace(1_000_000, Duration.ofMillis(100));
        long begun = System.nanoTime();

        pace.throttled(2);
        pace.take(1);

        assertThat(since(begun)).isGreaterThan(Duration.ofMillis(150));
        assertThat(pace.throttledCount()).isEqualTo(1);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
