package ai.artcafe.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreviewRateTest {

    @Test
    void letsSoManyPassInEachSecond() {
        PreviewRate rate = new PreviewRate(3);
        assertThat(IntStream.range(0, 10).filter(i -> rate.take(1000 + i * 99L))).hasSize(3);
        assertThat(IntStream.range(0, 10).filter(i -> rate.take(2000 + i * 99L))).hasSize(3);
    }

    @Test
    void aClockThatGoesBackDoesNotStopIt() {
        PreviewRate rate = new PreviewRate(1);
        assertThat(rate.take(5000)).isTrue();
        assertThat(rate.take(4000)).isTrue();
        assertThat(rate.take(4999)).isFalse();
    }
}
