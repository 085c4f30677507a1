package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.usage.Period;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A month, day or hour, in UTC.
 *
 * @param slice all of it
 */
record ExplainedPeriod(Slice slice) {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    /**
     * {@code 2026-11}, {@code 2026-11-21} or {@code 2026-11-21T03}; this month without any.
     *
     * @throws ai.artcafe.model.problem.ProblemException {@code invalid_request}
     */
    static ExplainedPeriod parse(Optional<String> text, Instant now) {
        Slice slice =
                text.map(ExplainedPeriod::parse)
                        .orElseGet(() -> Slice.containing(Period.MONTHLY, now));
        if (slice.start().isAfter(now)) {
            throw QueryTime.invalid("period", "period lies in the future.");
        }
        UsageRange.parse(
                Optional.of(slice.start().toString()), Optional.empty(), ZoneOffset.UTC, now);
        return new ExplainedPeriod(slice);
    }

    private static Slice parse(String text) {
        try {
            return switch (text.length()) {
                case 7 -> slice(Period.MONTHLY, YearMonth.parse(text).atDay(1).atStartOfDay());
                case 10 -> slice(Period.DAILY, LocalDate.parse(text).atStartOfDay());
                case 13 -> slice(Period.HOURLY, LocalDateTime.parse(text, HOUR));
                default -> throw new DateTimeException("none of these");
            };
        } catch (DateTimeException notAPeriod) {
            throw QueryTime.invalid(
                    "period",
                    "period must be a month (2026-11), a day (2026-11-21) or an hour"
                            + " (2026-11-21T03), in UTC.");
        }
    }

    private static Slice slice(Period period, LocalDateTime start) {
        return new Slice(period, start.toInstant(ZoneOffset.UTC));
    }

    UsageRange range() {
        return new UsageRange(slice.start(), slice.end());
    }

    /** What its parts are: days or hours; an hour has none. */
    Optional<Period> partsBy() {
        return switch (slice.period()) {
            case MONTHLY -> Optional.of(Period.DAILY);
            case DAILY -> Optional.of(Period.HOURLY);
            case HOURLY -> Optional.empty();
        };
    }

    /** Those that have begun. */
    List<Slice> parts(Instant now) {
        return partsBy().stream()
                .flatMap(part ->
                        Stream.iterate(
                                new Slice(part, slice.start()),
                                each ->
                                        each.start().isBefore(slice.end())
                                                && !each.start().isAfter(now),
                                each -> new Slice(part, each.end())))
                .toList();
    }

    /** As it is asked for. */
    static String label(Slice slice) {
        String start = slice.start().toString();
        return switch (slice.period()) {
            case MONTHLY -> start.substring(0, 7);
            case DAILY -> start.substring(0, 10);
            case HOURLY -> start.substring(0, 13);
        };
    }

    /** {@code month}, {@code day} or {@code hour}. */
    static String name(Period period) {
        return switch (period) {
            case MONTHLY -> "month";
            case DAILY -> "day";
            case HOURLY -> "hour";
        };
    }
}
