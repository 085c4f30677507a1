package ai.artcafe.tracker.forecast;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What is usual in an hour: the median of the same hour of the last seven days, or of the same hour
 * of the last four weeks once two are known.
 */
final class SeasonalProfile {

    private static final int DAY = HourlySeries.DAY;
    private static final int WEEK = 7 * DAY;
    private static final int DAYS = 7;
    private static final int WEEKS = 4;
    private static final double TENTH = 0.1;

    /** What a share is of, at least, as a part of the mean: quiet hours have no large shares. */
    private static final double LITTLE = 0.1;

    private final double[] past;
    private final int season;
    private final int repeats;

    SeasonalProfile(HourlySeries series) {
        this.past = series.messages();
        boolean isWeekly = past.length >= 2 * WEEK;
        this.season = isWeekly ? WEEK : DAY;
        this.repeats = Math.min(isWeekly ? WEEKS : DAYS, past.length / season);
    }

    /** How many seasons the past has that are looked at. */
    int repeats() {
        return repeats;
    }

    /**
     * What is usual so many hours after the end.
     *
     * @param ahead 0 is the first hour after it
     */
    double usual(int ahead) {
        int first = past.length - season + Math.floorMod(ahead, season);
        return median(
                IntStream.range(0, repeats)
                        .map(back -> first - back * season)
                        .mapToDouble(hour -> past[hour])
                        .toArray());
    }

    Prediction next(int hours) {
        double[] messages = IntStream.range(0, hours).mapToDouble(this::usual).toArray();
        double little = LITTLE * Arrays.stream(past).average().orElse(0) + 1;
        double[] shares = shares(little);
        double lowest = quantile(shares, TENTH);
        double highest = quantile(shares, 1 - TENTH);
        double[] low = new double[hours];
        double[] high = new double[hours];
        for (int hour = 0; hour < hours; hour++) {
            low[hour] = messages[hour] + lowest * (messages[hour] + little);
            high[hour] = messages[hour] + highest * (messages[hour] + little);
        }
        return Prediction.of(messages, low, high);
    }

    /** By which share the hours of the past differ from what is usual among the others, sorted. */
    private double[] shares(double little) {
        double wider = Math.sqrt(1 + 1.0 / repeats);
        return IntStream.range(past.length - repeats * season, past.length)
                .mapToDouble(hour -> {
                    double usual = usualAmongOthers(hour);
                    return wider * (past[hour] - usual) / (usual + little);
                })
                .sorted()
                .toArray();
    }

    private double usualAmongOthers(int hour) {
        int oldest = past.length - repeats * season;
        double[] others =
                IntStream.range(0, repeats)
                        .map(index -> oldest + (hour - oldest) % season + index * season)
                        .filter(other -> other != hour)
                        .mapToDouble(other -> past[other])
                        .toArray();
        return others.length == 0 ? past[hour] : median(others);
    }

    /** How far a day's messages usually are from what is usual, as a standard deviation. */
    double dayDeviation() {
        int days = repeats * season / DAY;
        double[] differences =
                IntStream.range(0, days)
                        .mapToDouble(day ->
                                IntStream.range(0, DAY)
                                        .map(hour -> past.length - days * DAY + day * DAY + hour)
                                        .mapToDouble(hour -> past[hour] - usualAmongOthers(hour))
                                        .sum())
                        .toArray();
        return Math.sqrt(DoubleStream.of(differences).map(d -> d * d).average().orElse(0));
    }

    private static double median(double[] numbers) {
        double[] sorted = DoubleStream.of(numbers).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double quantile(double[] sorted, double rank) {
        return sorted[(int) Math.round((sorted.length - 1) * rank)];
    }
}
