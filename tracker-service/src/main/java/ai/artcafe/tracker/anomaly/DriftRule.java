package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.anomaly.WarmUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * What changes too slowly for any minute to stand out: the last hour has far more, or far fewer,
 * messages than any same hour of the last two weeks. It takes a week, so that a weekend is known.
 */
final class DriftRule implements Detector {

    private static final long NEEDED = Duration.ofDays(7).toMinutes();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MINUTES = 60;

    /** How many times the highest ever, or what part of the lowest ever, is too far. */
    private static final double MARGIN = 1.5;

    private static final double HIGH = 3;

    private final HourlyNormals normals;
    private final AnomalyConfig config;
    private final Deque<Counted> lastHour = new ArrayDeque<>();
    private long sum;
    private long knownMinutes;

    /** No more of a minute is kept than that. */
    private record Counted(Instant start, long messages) {}

    /**
     * @param normals to which someone else adds each minute after it was judged
     */
    DriftRule(HourlyNormals normals, AnomalyConfig config) {
        this.normals = normals;
        this.config = config;
    }

    @Override
    public Optional<Deviation> judge(Minute minute) {
        knownMinutes =
                normals.knownFrom().isAfter(minute.start())
                        ? 0
                        : Duration.between(normals.knownFrom(), minute.start()).toMinutes();
        learn(minute);
        if (!warmUp().ready() || lastHour.size() < MINUTES) {
            return Optional.empty();
        }
        return deviation(minute.end());
    }

    private void learn(Minute minute) {
        lastHour.addLast(new Counted(minute.start(), minute.point().messages()));
        sum += minute.point().messages();
        Instant from = minute.end().minus(HOUR);
        while (lastHour.getFirst().start().isBefore(from)) {
            sum -= lastHour.removeFirst().messages();
        }
    }

    /** The last hour has parts of two hours of the clock; what is usual has the same parts. */
    private Optional<Deviation> deviation(Instant end) {
        Instant before = end.minus(HOUR);
        double[] older = normals.sameHour(before);
        double[] newer = normals.sameHour(end.minusNanos(1));
        double part = (double) (end.getEpochSecond() % HOUR.toSeconds()) / HOUR.toSeconds();
        int days = Math.min(older.length, newer.length);
        if (days == 0) {
            return Optional.empty();
        }
        double[] usual = new double[days];
        Arrays.setAll(
                usual, day -> part == 0 ? older[day] : older[day] * (1 - part) + newer[day] * part);
        double low = Arrays.stream(usual).min().orElse(0) / MARGIN;
        double high = Arrays.stream(usual).max().orElse(0) * MARGIN;
        Band band = new Band(low / MINUTES, high / MINUTES);
        double observed = (double) sum / MINUTES;
        if (band.distance(observed) < config.minMessages()) {
            return Optional.empty();
        }
        boolean above = observed > band.high();
        boolean far =
                above
                        ? observed * MARGIN > HIGH * band.high()
                        : observed * HIGH < MARGIN * band.low();
        return Optional.of(
                new Deviation(
                        AnomalyType.RATE_DRIFT,
                        Dimension.RATE,
                        above ? Direction.ABOVE : Direction.BELOW,
                        far ? Severity.HIGH : Severity.MEDIUM,
                        observed,
                        band,
                        "%.0f messages a minute in the last hour, where the same hour of the last %d days had %.0f to %.0f"
                                .formatted(
                                        observed,
                                        days,
                                        band.low() * MARGIN,
                                        band.high() / MARGIN)));
    }

    @Override
    public WarmUp warmUp() {
        return new WarmUp(AnomalyType.RATE_DRIFT, knownMinutes, NEEDED);
    }
}
