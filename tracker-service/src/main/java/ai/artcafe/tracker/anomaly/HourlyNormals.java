package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.flow.FlowSpan;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How many messages each hour of the last {@value #DAYS} days had: what is usual in an hour of the
 * day. An hour that is not known after the first known one was silent. Not thread-safe.
 */
final class HourlyNormals {

    static final int DAYS = 14;

    private static final int HOURS_A_DAY = 24;

    /** One more than is looked back on: the hour that is under way. */
    private static final int HOURS = DAYS * HOURS_A_DAY + 1;

    private final long[] hours = new long[HOURS];
    private final double[] messages = new double[HOURS];
    private long first = Long.MAX_VALUE;
    private Instant knownFrom = Instant.MAX;

    HourlyNormals() {
        Arrays.fill(hours, Long.MIN_VALUE);
    }

    /** Adds messages to the hour that contains the instant. */
    void add(Instant at, long more) {
        long hour = hour(at);
        if (at.isBefore(knownFrom)) {
            knownFrom = at;
            // an hour that is known from its middle on would look quieter than it was
            first = FlowSpan.HOUR.start(at).equals(at) ? hour : hour + 1;
        }
        int slot = slot(hour);
        if (hours[slot] != hour) {
            hours[slot] = hour;
            messages[slot] = 0;
        }
        messages[slot] += more;
    }

    /** From when on anything is known. */
    Instant knownFrom() {
        return knownFrom;
    }

    /** Messages of the same hour on the days before, the latest first; only of whole hours. */
    double[] sameHour(Instant at) {
        long hour = hour(at);
        return IntStream.rangeClosed(1, DAYS)
                .mapToLong(day -> hour - (long) day * HOURS_A_DAY)
                .takeWhile(before -> before >= first)
                .mapToDouble(this::of)
                .toArray();
    }

    /** Messages of the whole hours before, the latest first, not more than a day of them. */
    double[] lastDay(Instant at) {
        long hour = hour(at);
        return IntStream.rangeClosed(1, HOURS_A_DAY)
                .mapToLong(back -> hour - back)
                .takeWhile(before -> before >= first)
                .mapToDouble(this::of)
                .toArray();
    }

    private double of(long hour) {
        int slot = slot(hour);
        return hours[slot] == hour ? messages[slot] : 0;
    }

    static double median(double[] numbers) {
        double[] sorted = DoubleStream.of(numbers).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 3600L);
    }

    private static int slot(long hour) {
        return Math.toIntExact(Math.floorMod(hour, (long) HOURS));
    }
}
