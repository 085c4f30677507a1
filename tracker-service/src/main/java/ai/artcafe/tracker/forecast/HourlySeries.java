package ai.artcafe.tracker.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Messages published in each hour, without a hole.
 *
 * @param start of the first hour
 * @param messages by hour
 */
record HourlySeries(Instant start, double[] messages) {

    static final int DAY = 24;

    /**
     * From the first hour of which anything is known, which is left out because it may not have
     * been a whole one. An hour without messages was silent, unless it is one that was missed: then
     * the hour a day before stands for it.
     *
     * @param booked by the hour's first instant
     * @param missed hours whose messages may not all have been counted
     * @param end the first instant after the last whole hour
     */
    static HourlySeries of(SortedMap<Instant, Long> booked, Set<Instant> missed, Instant end) {
        if (booked.isEmpty() || !booked.firstKey().plus(1, ChronoUnit.HOURS).isBefore(end)) {
            return new HourlySeries(end, new double[0]);
        }
        Instant start = booked.firstKey().plus(1, ChronoUnit.HOURS);
        double[] messages = new double[Math.toIntExact(Duration.between(start, end).toHours())];
        for (int hour = 0; hour < messages.length; hour++) {
            Instant at = start.plus(hour, ChronoUnit.HOURS);
            boolean stands = missed.contains(at) && hour >= DAY;
            messages[hour] = stands ? messages[hour - DAY] : booked.getOrDefault(at, 0L);
        }
        return new HourlySeries(start, messages);
    }

    int hours() {
        return messages.length;
    }

    /** The first instant after the last hour. */
    Instant end() {
        return start.plus(messages.length, ChronoUnit.HOURS);
    }

    /** Without the last so many hours. */
    HourlySeries without(int last) {
        return new HourlySeries(start, Arrays.copyOf(messages, messages.length - last));
    }

    /** The messages of so many whole days up to the end, the latest first. */
    double[] days(int atMost) {
        int days = Math.min(atMost, messages.length / DAY);
        return IntStream.range(0, days)
                .mapToDouble(day ->
                        IntStream.range(0, DAY)
                                .mapToDouble(
                                        hour -> messages[messages.length - 1 - day * DAY - hour])
                                .sum())
                .toArray();
    }
}
