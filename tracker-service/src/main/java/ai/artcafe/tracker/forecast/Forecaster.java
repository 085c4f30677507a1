package ai.artcafe.tracker.forecast;

import ai.artcafe.model.forecast.Estimate;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.forecast.Projection;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.model.usage.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a forecast from the hours that were booked. It knows nothing else. */
final class Forecaster {

    private static final int DAY = HourlySeries.DAY;

    /** The hour under way, and the 24 after it. */
    private static final int AHEAD = DAY + 1;

    /** Nine in ten of a normal distribution are not beyond so many standard deviations. */
    private static final double NINE_IN_TEN = 1.2816;

    private final int needed;

    /**
     * @param needed hours of history, at least {@link ForestCaster#NEEDED}
     */
    Forecaster(int needed) {
        this.needed = Math.max(needed, ForestCaster.NEEDED);
    }

    /**
     * @param booked messages by the first instant of the hour, the one under way among them
     * @param missed hours whose messages may not all have been counted
     */
    Forecast of(
            SortedMap<Instant, Long> booked, Set<Instant> missed, PlanLimits limits, Instant now) {
        Instant thisHour = Period.HOURLY.start(now);
        HourlySeries series = HourlySeries.of(booked.headMap(thisHour), missed, thisHour);
        return new Forecast(
                now,
                series.hours(),
                needed,
                series.hours() < needed
                        ? Optional.empty()
                        : Optional.of(projection(series, booked, limits, now)));
    }

    private static Projection projection(
            HourlySeries series, SortedMap<Instant, Long> booked, PlanLimits limits, Instant now) {
        Rehearsal naive = Rehearsal.ofNaive(series);
        Rehearsal seasonal = Rehearsal.ofProfile(series);
        Optional<ForestRun> forest =
                ForestRun.of(series).filter(run -> run.rehearsal().smape() < seasonal.smape());
        Rehearsal chosen = forest.map(ForestRun::rehearsal).orElse(seasonal);
        SeasonalProfile profile = new SeasonalProfile(series);
        BillingPeriod period = BillingPeriod.containing(now);
        int toEnd = Math.toIntExact(Duration.between(series.end(), period.end()).toHours());
        Prediction next = forest.map(ForestRun::next).orElseGet(() -> profile.next(AHEAD));
        Path path = Path.of(next, profile.next(Math.max(toEnd, AHEAD)));
        return new Projection(
                forest.isPresent()
                        ? Projection.Method.RANDOM_CUT_FOREST
                        : Projection.Method.SEASONAL,
                Projection.CONFIDENCE,
                IntStream.range(1, AHEAD)
                        .mapToObj(hour ->
                                new Projection.Hour(
                                        series.end().plus(hour, ChronoUnit.HOURS),
                                        estimate(
                                                next.messages()[hour],
                                                next.low()[hour],
                                                next.high()[hour])))
                        .toList(),
                total(path, profile, 1, AHEAD),
                periodEstimate(path, profile, booked, period, toEnd, now),
                new QuotaClock(limits, series.end(), now)
                        .estimate(path.prediction(), booked, toEnd),
                new Projection.BackTest(
                        chosen.hours(),
                        rounded(chosen.smape()),
                        rounded(chosen.coverage()),
                        rounded(naive.smape()),
                        chosen.smape() < naive.smape()));
    }

    private static Projection.PeriodEstimate periodEstimate(
            Path path,
            SeasonalProfile profile,
            SortedMap<Instant, Long> booked,
            BillingPeriod period,
            int toEnd,
            Instant now) {
        long soFar =
                booked.tailMap(period.start()).values().stream().mapToLong(Long::longValue).sum();
        double left = 1 - secondsIntoHour(now) / Duration.ofHours(1).toSeconds();
        Estimate rest = total(path.withFirst(left), profile, 0, toEnd);
        return new Projection.PeriodEstimate(period.start(), period.end(), rest.plus(soFar), soFar);
    }

    private static double secondsIntoHour(Instant now) {
        return Duration.between(Period.HOURLY.start(now), now).toSeconds();
    }

    /**
     * The sum over hours. Its bounds are not the sum of theirs: hours err in both directions, while
     * what is usual may itself be wrong for all of them.
     */
    private static Estimate total(Path path, SeasonalProfile profile, int from, int to) {
        double messages = 0;
        for (int hour = from; hour < to; hour++) {
            messages += path.prediction().messages()[hour];
        }
        double days = (double) (to - from) / DAY;
        double deviation =
                profile.dayDeviation() * Math.sqrt(days + days * days / profile.repeats());
        return estimate(
                messages,
                Math.max(0, messages - NINE_IN_TEN * deviation),
                messages + NINE_IN_TEN * deviation);
    }

    private static Estimate estimate(double messages, double low, double high) {
        return new Estimate(Math.round(messages), Math.round(low), Math.round(high));
    }

    private static double rounded(double number) {
        return Math.round(number * 1000) / 1000.0;
    }

    /** The forest goes through the series once, for the rehearsal and for what is to come. */
    private record ForestRun(Rehearsal rehearsal, Prediction next) {

        static Optional<ForestRun> of(HourlySeries series) {
            List<Integer> days = Rehearsal.days(series, ForestCaster.NEEDED);
            if (days.isEmpty()) {
                return Optional.empty();
            }
            List<Prediction> said =
                    ForestCaster.at(
                            series,
                            Stream.concat(days.stream(), Stream.of(series.hours())).toList(),
                            AHEAD);
            return Optional.of(new ForestRun(Rehearsal.of(series, days, said), said.getLast()));
        }
    }

    /** Hour by hour: what was forecast of the first ones, what is usual after that. */
    private record Path(Prediction prediction) {

        static Path of(Prediction first, Prediction rest) {
            System.arraycopy(first.messages(), 0, rest.messages(), 0, AHEAD);
            System.arraycopy(first.low(), 0, rest.low(), 0, AHEAD);
            System.arraycopy(first.high(), 0, rest.high(), 0, AHEAD);
            return new Path(rest);
        }

        /** Of the first hour only a part is left. */
        Path withFirst(double part) {
            double[] messages = prediction.messages().clone();
            double[] low = prediction.low().clone();
            double[] high = prediction.high().clone();
            messages[0] *= part;
            low[0] *= part;
            high[0] *= part;
            return new Path(new Prediction(messages, low, high));
        }
    }
}
