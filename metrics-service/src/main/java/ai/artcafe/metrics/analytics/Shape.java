package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.model.flow.FlowSpan;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a series looks like, of the steps that are over and known.
 *
 * @param trend left out where there are too few steps, or nothing flowed
 * @param peak the busiest step; left out where nothing flowed
 * @param quietPeriods times with hardly anything, the longest first
 */
record Shape(Optional<Trend> trend, Optional<Peak> peak, List<QuietPeriod> quietPeriods) {

    private static final int QUIET_PERIODS = 10;

    /** Of the mean: what is not above it is quiet. */
    private static final double QUIET = 0.1;

    private static final int STEPS_FOR_A_TREND = 4;

    /** Of the mean: less change over the whole series is none. */
    private static final double FLAT = 0.1;

    /**
     * The line through the series.
     *
     * @param change from its first to its last step, as a share of the mean
     */
    public record Trend(Direction direction, double change) {

        /** Where the line goes. */
        public enum Direction {
            UP,
            FLAT,
            DOWN;

            @JsonValue
            public String id() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * @param local its beginning in the time zone that was asked for
     */
    public record Peak(
            Instant start,
            Optional<OffsetDateTime> local,
            long messages,
            double messagesPerSecond) {}

    /**
     * @param to the first instant after it
     * @param localFrom the same in the time zone that was asked for
     * @param localTo the same
     */
    public record QuietPeriod(
            Instant from,
            Instant to,
            Optional<OffsetDateTime> localFrom,
            Optional<OffsetDateTime> localTo,
            long messages) {

        private Duration length() {
            return Duration.between(from, to);
        }
    }

    /**
     * @param zone in whose local time it is told as well
     */
    static Shape of(FlowSpan step, List<SeriesPoint> series, Optional<ZoneId> zone) {
        List<SeriesPoint> over = series.stream().filter(point -> !point.open()).toList();
        List<SeriesPoint> known =
                over.stream().filter(point -> point.messages().isPresent()).toList();
        double mean = known.stream().mapToLong(Shape::messages).average().orElse(0);
        return new Shape(
                trend(known, mean), peak(step, known, zone), quiet(step, over, mean, zone));
    }

    private static Optional<OffsetDateTime> local(Instant at, Optional<ZoneId> zone) {
        return zone.map(asked -> at.atZone(asked).toOffsetDateTime());
    }

    private static long messages(SeriesPoint point) {
        return point.messages().orElse(0L);
    }

    /** Least squares over time, so that gaps do not bend it. */
    private static Optional<Trend> trend(List<SeriesPoint> known, double mean) {
        if (known.size() < STEPS_FOR_A_TREND || mean <= 0) {
            return Optional.empty();
        }
        double middle =
                known.stream()
                        .mapToLong(point -> point.start().getEpochSecond())
                        .average()
                        .orElseThrow();
        double spread = 0;
        double together = 0;
        for (SeriesPoint point : known) {
            double at = point.start().getEpochSecond() - middle;
            spread += at * at;
            together += at * (messages(point) - mean);
        }
        double length =
                known.getLast().start().getEpochSecond()
                        - known.getFirst().start().getEpochSecond();
        double change = together / spread * length / mean;
        return Optional.of(new Trend(direction(change), Rounded.to(4, change)));
    }

    private static Trend.Direction direction(double change) {
        if (Math.abs(change) < FLAT) {
            return Trend.Direction.FLAT;
        }
        return change > 0 ? Trend.Direction.UP : Trend.Direction.DOWN;
    }

    private static Optional<Peak> peak(
            FlowSpan step, List<SeriesPoint> known, Optional<ZoneId> zone) {
        return known.stream()
                .max(Comparator.comparingLong(Shape::messages))
                .filter(point -> messages(point) > 0)
                .map(point -> {
                    double seconds =
                            Duration.between(point.start(), step.end(point.start())).toSeconds();
                    return new Peak(
                            point.start(),
                            local(point.start(), zone),
                            messages(point),
                            Rounded.to(2, messages(point) / seconds));
                });
    }

    /** A gap ends a quiet period: nobody knows how quiet it was. */
    private static List<QuietPeriod> quiet(
            FlowSpan step, List<SeriesPoint> over, double mean, Optional<ZoneId> zone) {
        List<QuietPeriod> quiet = new ArrayList<>();
        Optional<QuietPeriod> present = Optional.empty();
        for (SeriesPoint point : over) {
            boolean isQuiet = !point.gap() && messages(point) <= mean * QUIET;
            if (isQuiet) {
                Instant from = present.map(QuietPeriod::from).orElse(point.start());
                Instant to = step.end(point.start());
                long before = present.map(QuietPeriod::messages).orElse(0L);
                present =
                        Optional.of(
                                new QuietPeriod(
                                        from,
                                        to,
                                        local(from, zone),
                                        local(to, zone),
                                        before + messages(point)));
            } else {
                present.ifPresent(quiet::add);
                present = Optional.empty();
            }
        }
        present.ifPresent(quiet::add);
        return quiet.stream()
                .sorted(Comparator.comparing(QuietPeriod::length).reversed())
                .limit(QUIET_PERIODS)
                .toList();
    }
}
