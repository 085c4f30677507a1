package ai.artcafe.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailureStreaksTest {

    private Instant now = Instant.parse("2026-11-21T03:31:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final FailureStreaks<String> streaks =
            new FailureStreaks<>(3, Duration.ofSeconds(10), 100, Duration.ofMinutes(10), clock);

    @Test
    void the_first_failures_cost_nothing_and_the_next_ones_twice_as_much_each() {
        long[] seconds = {0, 0, 0, 1, 2, 4, 8, 10, 10};
        for (long expected : seconds) {
            assertThat(streaks.failed("who")).isEqualTo(Duration.ofSeconds(expected));
            now = now.plusSeconds(expected);
        }
        assertThat(streaks.wait("who")).isZero();
    }

    @Test
    void a_wait_passes() {
        fail(5);
        now = now.plusMillis(1500);

        assertThat(streaks.wait("who")).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void a_success_ends_the_streak() {
        fail(9);
        streaks.succeeded("who");

        assertThat(streaks.wait("who")).isZero();
        assertThat(streaks.failed("who")).isZero();
    }

    @Test
    void nobody_waits_for_another_s_failures() {
        fail(9);

        assertThat(streaks.wait("other")).isZero();
    }

    @Test
    void no_number_of_failures_overflows_the_wait() {
        fail(200);

        assertThat(streaks.failed("who")).isEqualTo(Duration.ofSeconds(10));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            streaks.failed("who");
        }
    }
}
