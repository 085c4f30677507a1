package ai.artcafe.tracker.rollup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void writes_beyond_a_second_s_worth_wait_their_turn() throws InterruptedException {
        Pace pace = new Pace(200, Duration.ofMillis(1));

        Duration first = taking(pace, 200);
        Duration next = taking(pace, 100);

        assertThat(first).isLessThan(Duration.ofMillis(400));
        assertThat(next).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void a_write_larger_than_a_second_s_worth_gets_through() throws InterruptedException {
        assertThat(taking(new Pace(100, Duration.ofMillis(1)), 150))
                .isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    void one_throttled_write_holds_all_back() throws InterruptedException {
        Pace pace = new Pace(1_000_000, Duration.ofMillis(100));

        pace.throttled(2);

        assertThat(taking(pace, 1)).isGreaterThan(Duration.ofMillis(150));
        assertThat(pace.throttledCount()).isEqualTo(1);
    }

    private static Duration taking(Pace pace, long writes) throws InterruptedException {
        long begun = System.nanoTime();
        pace.take(writes);
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
