package ai.artcafe.metrics.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.analytics.Shape.Trend.Direction;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final long GAP = -1;

    @Test
    void aLineUpIsATrend() {
        Shape shape = shape(10, 20, 30, 40, 50);

        assertThat(shape.trend()).contains(new Shape.Trend(Direction.UP, 1.3333));
    }

    @Test
    void gapsDoNotBendTheTrend() {
        assertThat(shape(50, 40, GAP, 20, 10).trend())
                .contains(new Shape.Trend(Direction.DOWN, -1.3333));
    }

    @Test
    void littleChangeIsFlat() {
        assertThat(shape(100, 101, 99, 100).trend().orElseThrow().direction())
                .isEqualTo(Direction.FLAT);
    }

    @Test
    void nothingHasNoTrendAndNoPeakAndIsQuiet() {
        Shape shape = shape(0, 0, 0, 0);

        assertThat(shape.trend()).isEmpty();
        assertThat(shape.peak()).isEmpty();
        assertThat(shape.quietPeriods()).containsExactly(quiet(START, hour(4), 0));
    }

    @Test
    void gapsAreNeitherQuietNorAnything() {
        Shape shape = shape(GAP, GAP, GAP);

        assertThat(shape).isEqualTo(shape());
        assertThat(shape.quietPeriods()).isEmpty();
    }

    @Test
    void thePeakIsTheBusiestStep() {
        assertThat(shape(1, 7_200, 3).peak())
                .contains(new Shape.Peak(hour(1), Optional.empty(), 7_200, 2.0));
    }

    @Test
    void quietIsATenthOfTheMeanAndEndsAtAGap() {
        assertThat(shape(100, 1, 2, 100, 0, GAP, 0, 0, 0, 100).quietPeriods())
                .containsExactly(
                        quiet(hour(6), hour(9), 0),
                        quiet(hour(1), hour(3), 3),
                        quiet(hour(4), hour(5), 0));
    }

    @Test
    void theStepThatIsNotOverSaysNothing() {
        List<SeriesPoint> series = new ArrayList<>(series(10, 10, 10, 10));
        series.add(SeriesPoint.silent(hour(4), true));

        Shape shape = Shape.of(FlowSpan.HOUR, series, Optional.empty());

        assertThat(shape.quietPeriods()).isEmpty();
        assertThat(shape.trend().orElseThrow().direction()).isEqualTo(Direction.FLAT);
    }

    @Test
    void localTimesAreThoseOfTheZone() {
        Shape shape =
                Shape.of(FlowSpan.HOUR, series(0, 50, 20), Optional.of(ZoneId.of("Asia/Kolkata")));

        assertThat(shape.peak().orElseThrow().local())
                .contains(OffsetDateTime.parse("2026-11-20T06:30:00+05:30"));
        assertThat(shape.quietPeriods().getFirst().localFrom())
                .contains(OffsetDateTime.parse("2026-11-20T05:30:00+05:30"));
        assertThat(shape.quietPeriods().getFirst().localTo())
                .contains(OffsetDateTime.parse("2026-11-20T06:30:00+05:30"));
    }

    private static Shape.QuietPeriod quiet(Instant from, Instant to, long messages) {
        return new Shape.QuietPeriod(from, to, Optional.empty(), Optional.empty(), messages);
    }

    private static Shape shape(long... messages) {
        return Shape.of(FlowSpan.HOUR, series(messages), Optional.empty());
    }

    private static List<SeriesPoint> series(long... messages) {
        List<SeriesPoint> series = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            series.add(
                    messages[i] == GAP
                            ? SeriesPoint.gap(hour(i), false)
                            : SeriesPoint.of(point(hour(i), messages[i]), false, false, true));
        }
        return series;
    }

    private static FlowPoint point(Instant start, long messages) {
        return new FlowPoint(
                start,
                messages,
                messages,
                0,
                messages,
                1,
                1,
                0,
                Map.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static Instant hour(int number) {
        return START.plus(Duration.ofHours(number));
    }
}
