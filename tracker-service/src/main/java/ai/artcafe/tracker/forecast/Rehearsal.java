package ai.artcafe.tracker.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * How right a way of forecasting was on the last days of a series, each of which it saw nothing of.
 *
 * @param hours how many were forecast
 * @param smape the mean of 2·|forecast − actual| / (|forecast| + |actual|), 0 where both are zero
 * @param coverage how much of them was within the bounds
 */
record Rehearsal(int hours, double smape, double coverage) {

    private static final int DAY = HourlySeries.DAY;
    private static final int DAYS = 7;

    /** Days whose hours are held out: a week of them, or a third of what there is. */
    static List<Integer> days(HourlySeries series, int needed) {
        int days = Math.min(DAYS, series.hours() / DAY / 3);
        return IntStream.rangeClosed(1, days)
                .map(day -> series.hours() - (days - day + 1) * DAY)
                .filter(hour -> hour >= needed)
                .boxed()
                .toList();
    }

    /**
     * @param days as {@link #days} gives them
     * @param predictions of each of the days, whatever they say of later hours
     */
    static Rehearsal of(HourlySeries series, List<Integer> days, List<Prediction> predictions) {
        double error = 0;
        int within = 0;
        int hours = 0;
        for (int day = 0; day < days.size(); day++) {
            Prediction said = predictions.get(day);
            for (int hour = 0; hour < DAY; hour++) {
                double actual = series.messages()[days.get(day) + hour];
                double sum = said.messages()[hour] + actual;
                error += sum == 0 ? 0 : 2 * Math.abs(said.messages()[hour] - actual) / sum;
                boolean isWithin =
                        Math.round(said.low()[hour]) <= actual
                                && actual <= Math.round(said.high()[hour]);
                within += isWithin ? 1 : 0;
                hours++;
            }
        }
        return new Rehearsal(hours, error / hours, (double) within / hours);
    }

    static Rehearsal ofProfile(HourlySeries series) {
        return each(series, (past, _) -> new SeasonalProfile(past).next(DAY));
    }

    /** The day before, once more. */
    static Rehearsal ofNaive(HourlySeries series) {
        return each(
                series,
                (past, from) -> {
                    double[] day = new double[DAY];
                    System.arraycopy(past.messages(), from - DAY, day, 0, DAY);
                    return Prediction.of(day, day.clone(), day.clone());
                });
    }

    private static Rehearsal each(
            HourlySeries series, BiFunction<HourlySeries, Integer, Prediction> method) {
        List<Integer> days = days(series, 2 * DAY);
        List<Prediction> predictions = new ArrayList<>();
        for (int from : days) {
            predictions.add(method.apply(series.without(series.hours() - from), from));
        }
        return of(series, days, predictions);
    }
}
