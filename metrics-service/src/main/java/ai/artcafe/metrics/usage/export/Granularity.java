package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.usage.UsageRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;

/** How much time a row is about. */
enum Granularity {
    HOURLY,
    DAILY,
    MONTHLY;

    /** The name in requests. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Granularity of(String id) {
        return Arrays.stream(values())
                .filter(granularity -> granularity.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        QueryTime.invalid(
                                "granularity", "granularity must be hourly, daily or monthly."));
    }

    /**
     * The first instant after the hour, or the zone's day or month, that contains the given one.
     *
     * @throws ai.artcafe.model.problem.ProblemException {@code invalid_request} where that is not
     *     on the hour in UTC
     */
    Instant end(Instant at, ZoneId zone) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        return switch (this) {
            case HOURLY -> at.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            case DAILY -> UsageRange.midnight(day.plusDays(1), zone);
            case MONTHLY -> UsageRange.midnight(day.withDayOfMonth(1).plusMonths(1), zone);
        };
    }
}
