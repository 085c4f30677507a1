package ai.artcafe.tracker.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentAtTest {

    private static final long NOW = 1_800_000_000_000L;

    private static int latency(long sent) {
        return SentAt.latency(Long.toString(sent), NOW);
    }

    @Test
    void what_was_sent_before_now_took_that_long() {
        assertThat(latency(NOW)).isZero();
        assertThat(latency(NOW - 7)).isEqualTo(7);
        assertThat(latency(NOW - 60_000)).isEqualTo(60_000);
    }

    @Test
    void a_senders_clock_may_be_a_little_ahead() {
        assertThat(latency(NOW + 1000)).isZero();
        assertThat(latency(NOW + 1001)).isEqualTo(TapDetail.UNKNOWN);
    }

    @Test
    void what_cannot_be_is_not_believed() {
        assertThat(latency(NOW - 60_001)).isEqualTo(TapDetail.UNKNOWN);
        for (String forged :
                List.of(
                        "",
                        "0",
                        "-1",
                        "NaN",
                        "1e12",
                        "99999999999999999999999999",
                        "-180000000000",
                        "18000000000٠٠",
                        " 180000000000")) {
            assertThat(SentAt.latency(forged, NOW)).as(forged).isEqualTo(TapDetail.UNKNOWN);
        }
    }
}
