package ai.artcafe.metrics.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalendarTest {

    private static final Instant START = Instant.parse("2026-10-24T22:00:00Z");
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

    @Test
    void aDayIsWhatBeginsOnItsDateInTheZoneAlsoWhenClocksChange() {
        Calendar calendar = Calendar.of(hours(49, _ -> 1), ZURICH, Optional.empty());

        List<Calendar.Day> days = calendar.days().orElseThrow();
        assertThat(days)
                .extracting(Calendar.Day::date)
                .containsExactly(LocalDate.of(2026, 10, 25), LocalDate.of(2026, 10, 26));
        assertThat(days.getFirst().messages()).contains(25L);
        assertThat(days.getFirst().partial()).isFalse();
        assertThat(days.getLast().messages()).contains(24L);
        assertThat(days.getLast().from()).isEqualTo("2026-10-25T23:00:00Z");
        assertThat(days.getLast().partial()).isFalse();
    }

    @Test
    void aDayOfWhichThereIsOnlyAPartSaysSo() {
        List<Calendar.Day> days =
                Calendar.of(hours(30, _ -> 1), ZoneOffset.UTC, Optional.empty())
                        .days()
                        .orElseThrow();

        assertThat(days).extracting(Calendar.Day::partial).containsExactly(true, false, true);
    }

    @Test
    void inAZoneThatIsOffByHalfAnHourADayBeginsWithItsFirstWholeHour() {
        ZoneId kolkata = ZoneId.of("Asia/Kolkata");
        List<Calendar.Day> days =
                Calendar.of(hours(48, _ -> 1), kolkata, Optional.empty()).days().orElseThrow();

        assertThat(days.get(1).from()).isEqualTo("2026-10-25T19:00:00Z");
        assertThat(days.get(1).partial()).isFalse();
        assertThat(days.get(1).messages()).contains(24L);
    }

    @Test
    void gapsAreCountedAndNotGuessed() {
        List<SeriesPoint> series =
                List.of(
                        SeriesPoint.gap(hour(2), false),
                        point(3, 5),
                        SeriesPoint.gap(hour(4), false));

        Calendar.Day day =
                Calendar.of(series, ZoneOffset.UTC, Optional.empty())
                        .days()
                        .orElseThrow()
                        .getFirst();

        assertThat(day.gapHours()).isEqualTo(2);
        assertThat(day.messages()).contains(5L);
        assertThat(
                        Calendar.of(
                                        List.of(SeriesPoint.gap(hour(2), false)),
                                        ZoneOffset.UTC,
                                        Optional.empty())
                                .days()
                                .orElseThrow()
                                .getFirst()
                                .messages())
                .isEmpty();
    }

    @Test
    void thePatternIsTheMeanOfEachHourOfTheDayInTheZone() {
        // 10 and 11 in Zurich, by winter time, are 9 and 10 in UTC
        Calendar.DailyPattern pattern =
                Calendar.of(
                                hours(
                                        24 * 8,
                                        hour ->
                                                switch (hour(hour).atZone(ZURICH).getHour()) {
                                                    case 10 -> 100;
                                                    case 11 -> 40;
                                                    default -> 0;
                                                }),
                                ZURICH,
                                Optional.empty())
                        .dailyPattern()
                        .orElseThrow();

        assertThat(pattern.peakHour()).contains(10);
        assertThat(pattern.hours()).hasSize(24);
        assertThat(pattern.hours().get(10).meanMessages()).isEqualTo(100);
        assertThat(pattern.hours().get(2).times()).as("twice on the long day").isEqualTo(9);
        assertThat(pattern.quietHours()).hasSize(22).doesNotContain(10, 11);
    }

    @Test
    void lessThanADayHasNoPattern() {
        assertThat(Calendar.of(hours(23, _ -> 1), ZURICH, Optional.empty()).dailyPattern())
                .isEmpty();
    }

    @Property
    void daysSumToTheSeriesAndToTheLedgerInAnyZone(
            @ForAll @IntRange(min = 1, max = 300) int hours,
            @ForAll @IntRange(min = -48, max = 56) int quarters,
            @ForAll @IntRange(max = 1_000) int seed) {
        ZoneId zone = ZoneOffset.ofTotalSeconds(quarters * 900);
        TreeMap<Instant, Booked> booked = new TreeMap<>();
        for (int hour = 0; hour < hours; hour += 1 + seed % 3) {
            booked.put(hour(hour), booked(seed + hour));
        }

        List<Calendar.Day> days =
                Calendar.of(hours(hours, hour -> seed * 31L + hour), zone, Optional.of(booked))
                        .days()
                        .orElseThrow();

        assertThat(days.stream().mapToLong(day -> day.messages().orElse(0L)).sum())
                .isEqualTo(IntStream.range(0, hours).mapToLong(hour -> seed * 31L + hour).sum());
        assertThat(days.stream().mapToLong(day -> day.published().orElseThrow().messages()).sum())
                .isEqualTo(
                        booked.values().stream()
                                .mapToLong(one -> one.totals().published().messages())
                                .sum());
        assertThat(days.getFirst().from()).isEqualTo(START);
        assertThat(days.getLast().to()).isEqualTo(hour(hours));
    }

    private static Booked booked(long published) {
        return new Booked(
                new UsageTotals(new Traffic(published, 10), Traffic.NONE, Traffic.NONE, 0),
                Traffic.NONE,
                1);
    }

    private static List<SeriesPoint> hours(int number, IntToLongFunction messages) {
        return IntStream.range(0, number)
                .mapToObj(hour -> point(hour, messages.applyAsLong(hour)))
                .toList();
    }

    private static SeriesPoint point(int hour, long messages) {
        return SeriesPoint.of(
                hour(hour),
                new UsageTotals(new Traffic(messages, 0), Traffic.NONE, Traffic.NONE, 0),
                false,
                false);
    }

    private static Instant hour(int number) {
        return START.plus(Duration.ofHours(number));
    }
}
