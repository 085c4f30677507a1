package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Band;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What is usual of a number: what most of the last hour's were, and what the same minute of the
 * last hours was. Not thread-safe.
 */
final class Spread {

    private static final int HOUR = 60;
    private static final int HOURS = 6;
    private static final int ENOUGH = 15;
    private static final double OUTSIDE = 0.05;
    private static final int SECONDS = 60;

    /** The last hour's ordinary ones. */
    private final double[] ordinary = new double[HOUR];

    private int added;

    /** All of the last hours, by minute; what comes again every hour is not out of the ordinary. */
    private final double[] all = new double[HOUR * HOURS];

    Spread() {
        Arrays.fill(all, Double.NaN);
    }

    void add(Instant minute, double number, boolean isOrdinary) {
        all[slot(minute, 0)] = number;
        all[slot(minute, 1)] = Double.NaN;
        if (isOrdinary) {
            ordinary[added % HOUR] = number;
            added++;
        }
    }

    /** Between which it should lie; empty while too little is known. */
    Optional<Band> around(Instant minute, double expected) {
        int count = Math.min(added, HOUR);
        if (count < ENOUGH) {
            return Optional.empty();
        }
        double[] sorted = Arrays.copyOf(ordinary, count);
        Arrays.sort(sorted);
        double low = sorted[(int) Math.floor((count - 1) * OUTSIDE)];
        double high = sorted[(int) Math.ceil((count - 1) * (1 - OUTSIDE))];
        double[] highest = hourly(minute, true);
        double[] lowest = hourly(minute, false);
        if (highest.length >= 2) {
            // the second: once is no habit
            high = Math.max(high, highest[highest.length - 2]);
            low = Math.min(low, lowest[1]);
        }
        return Optional.of(new Band(Math.min(low, expected), Math.max(high, expected)));
    }

    /** The extreme of the same minute, and of those next to it, in each hour before; sorted. */
    private double[] hourly(Instant minute, boolean high) {
        return DoubleStream.iterate(1, hour -> hour < HOURS, hour -> hour + 1)
                .map(hour -> {
                    int back = (int) -hour * HOUR;
                    double[] three =
                            DoubleStream.of(
                                            all[slot(minute, back - 1)],
                                            all[slot(minute, back)],
                                            all[slot(minute, back + 1)])
                                    .filter(number -> !Double.isNaN(number))
                                    .sorted()
                                    .toArray();
                    if (three.length == 0) {
                        return Double.NaN;
                    }
                    return high ? three[three.length - 1] : three[0];
                })
                .filter(number -> !Double.isNaN(number))
                .sorted()
                .toArray();
    }

    private int slot(Instant minute, int minutesLater) {
        return Math.toIntExact(
                Math.floorMod(
                        Math.floorDiv(minute.getEpochSecond(), SECONDS) + minutesLater,
                        (long) all.length));
    }
}
