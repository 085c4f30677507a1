package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A series of hours by the days, and by the hours of the day, of a time zone.
 *
 * @param days each with what its hours sum to
 * @param dailyPattern left out of less than a day
 */
record Calendar(Optional<List<Day>> days, Optional<DailyPattern> dailyPattern) {

    static final Calendar NONE = new Calendar(Optional.empty(), Optional.empty());

    private static final int HOURS_FOR_A_PATTERN = 24;

    /** Of the mean of all hours: what is not above it is quiet. */
    private static final double QUIET = 0.1;

    /**
     * The hours that begin on a date: in a zone that is off UTC by a part of an hour the day so
     * begins up to 45 minutes late.
     *
     * @param date in the time zone
     * @param from the first instant of its hours in the series
     * @param to the first instant after them
     * @param partial whether the series has only a part of the date, or it is not over
     * @param gapHours hours of which nothing is known
     * @param messages as in the series, of the other hours; left out where there is none
     * @param published by the ledger, exact
     * @param delivered the same
     */
    public record Day(
            LocalDate date,
            Instant from,
            Instant to,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean partial,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long gapHours,
            Optional<Long> messages,
            Optional<Long> atLeast,
            Optional<Traffic> published,
            Optional<Traffic> delivered) {}

    /**
     * What the hours of the day are like, of those that are over and known.
     *
     * @param peakHour the busiest, 0 to 23 in the time zone; left out where nothing flowed
     * @param quietHours with a tenth of the mean or less
     */
    public record DailyPattern(
            Optional<Integer> peakHour, List<Integer> quietHours, List<HourOfDay> hours) {}

    /**
     * @param hour 0 to 23 in the time zone
     * @param meanMessages of the times that it came
     * @param times how often it came and is known
     */
    public record HourOfDay(int hour, double meanMessages, long times) {}

    /**
     * @param booked by the ledger in each of the hours; empty where that does not tell
     */
    static Calendar of(
            List<SeriesPoint> series,
            ZoneId zone,
            Optional<? extends NavigableMap<Instant, Booked>> booked) {
        Map<LocalDate, List<SeriesPoint>> byDate =
                series.stream()
                        .collect(
                                Collectors.groupingBy(
                                        point -> point.start().atZone(zone).toLocalDate(),
                                        TreeMap::new,
                                        Collectors.toList()));
        List<Day> days = new ArrayList<>();
        byDate.forEach((date, hours) -> days.add(day(date, hours, zone, booked)));
        return new Calendar(Optional.of(days), pattern(series, zone));
    }

    private static Day day(
            LocalDate date,
            List<SeriesPoint> hours,
            ZoneId zone,
            Optional<? extends NavigableMap<Instant, Booked>> booked) {
        Instant from = hours.getFirst().start();
        Instant to = FlowSpan.HOUR.end(hours.getLast().start());
        boolean isWhole =
                from.equals(firstHour(date, zone))
                        && to.equals(firstHour(date.plusDays(1), zone))
                        && hours.stream().noneMatch(SeriesPoint::open);
        Optional<Booked> sum =
                booked.map(all ->
                        all.subMap(from, to).values().stream()
                                .reduce(Booked.NOTHING, Booked::plus));
        return new Day(
                date,
                from,
                to,
                !isWhole,
                hours.stream().filter(SeriesPoint::gap).count(),
                hours.stream().flatMap(hour -> hour.messages().stream()).reduce(Long::sum),
                atLeast(hours),
                sum.map(all -> all.totals().published()),
                sum.map(all -> all.totals().delivered()));
    }

    private static Optional<Long> atLeast(List<SeriesPoint> hours) {
        return hours.stream().anyMatch(hour -> hour.atLeast().isPresent())
                ? hours.stream()
                        .flatMap(hour -> hour.atLeast().or(hour::messages).stream())
                        .reduce(Long::sum)
                : Optional.empty();
    }

    /** The first hour that begins on the date. */
    private static Instant firstHour(LocalDate date, ZoneId zone) {
        Instant midnight = date.atStartOfDay(zone).toInstant();
        Instant hour = Period.HOURLY.start(midnight);
        return hour.equals(midnight) ? hour : Period.HOURLY.end(midnight);
    }

    private static Optional<DailyPattern> pattern(List<SeriesPoint> series, ZoneId zone) {
        List<SeriesPoint> known =
                series.stream()
                        .filter(point -> !point.open() && point.messages().isPresent())
                        .toList();
        if (known.size() < HOURS_FOR_A_PATTERN) {
            return Optional.empty();
        }
        long[] sums = new long[24];
        long[] times = new long[24];
        for (SeriesPoint point : known) {
            int hour = point.start().atZone(zone).getHour();
            sums[hour] += point.messages().orElse(0L);
            times[hour]++;
        }
        List<HourOfDay> hours =
                IntStream.range(0, 24)
                        .filter(hour -> times[hour] > 0)
                        .mapToObj(hour ->
                                new HourOfDay(
                                        hour,
                                        Rounded.to(2, (double) sums[hour] / times[hour]),
                                        times[hour]))
                        .toList();
        double mean = (double) LongStream.of(sums).sum() / known.size();
        return Optional.of(
                new DailyPattern(
                        hours.stream()
                                .reduce((one, other) ->
                                        other.meanMessages > one.meanMessages ? other : one)
                                .filter(hour -> hour.meanMessages > 0)
                                .map(HourOfDay::hour),
                        hours.stream()
                                .filter(hour -> hour.meanMessages <= mean * QUIET)
                                .map(HourOfDay::hour)
                                .toList(),
                        hours));
    }
}
