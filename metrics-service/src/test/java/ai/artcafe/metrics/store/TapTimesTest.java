package ai.artcafe.metrics.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.store.TapTimes.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TapTimesTest {

    private static final Instant BEGUN = Instant.parse("2026-11-21T03:00:00Z");
    private static final Instant NOW = BEGUN.plusSeconds(1_000);

    @Test
    void withoutAPauseItIsSinceTheyBegan() {
        assertThat(times().since(NOW)).contains(BEGUN);
    }

    @Test
    void afterPausesItIsSinceTheLastOfThem() {
        assertThat(times(span(700, 710), span(100, 200)).since(NOW))
                .contains(BEGUN.plusSeconds(710));
        assertThat(times(span(700, 710), span(100, 200)).since(BEGUN.plusSeconds(500)))
                .contains(BEGUN.plusSeconds(200));
    }

    @Test
    void whatIsNotCoveredHasNoBeginning() {
        assertThat(TapTimes.UNKNOWN.since(NOW)).isEmpty();
        assertThat(times().since(BEGUN.minusSeconds(1))).isEmpty();
        assertThat(times().since(NOW.plusSeconds(120))).isEmpty();
        assertThat(times(span(990, 1_010)).since(NOW.plusSeconds(5))).isEmpty();
    }

    private static TapTimes times(Span... outages) {
        return new TapTimes(Optional.of(new Span(BEGUN, NOW)), List.of(outages));
    }

    private static Span span(long from, long to) {
        return new Span(BEGUN.plusSeconds(from), BEGUN.plusSeconds(to));
    }
}
