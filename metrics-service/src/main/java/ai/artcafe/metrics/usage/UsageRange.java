package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A time between two hours' boundaries in UTC.
 *
 * @param from the first instant
 * @param to the first instant after it
 */
public record UsageRange(Instant from, Instant to) {

    /** How long rollups are kept. */
    public static final int MONTHS_KEPT = 13;

    /** The period of so much that contains the instant. */
    public static UsageRange current(Period period, Instant now) {
        return new UsageRange(period.start(now), period.end(now));
    }

    /**
     * What a client asked for: RFC 3339 times or dates (their midnight in the zone), {@code to}
     * being exclusive; today without both, up to the end of the current hour without {@code to}.
     *
     * @throws ProblemException {@code invalid_request} with the {@code field}; that is {@code
     *     time_zone} where a day of the zone does not begin on the hour in UTC
     */
    public static UsageRange parse(
            Optional<String> from, Optional<String> to, ZoneId zone, Instant now) {
        if (from.isEmpty()) {
            if (to.isPresent()) {
                throw QueryTime.invalid("from", "to needs from.");
            }
            LocalDate today = LocalDate.ofInstant(now, zone);
            return new UsageRange(midnight(today, zone), midnight(today.plusDays(1), zone));
        }
        UsageRange range =
                new UsageRange(
                        boundary("from", from.get(), zone),
                        to.map(text -> boundary("to", text, zone)).orElse(Period.HOURLY.end(now)));
        return checked(range, now);
    }

    /** Where the day begins; usage is kept by hours of UTC, which not every zone's days fit. */
    public static Instant midnight(LocalDate day, ZoneId zone) {
        Instant midnight = day.atStartOfDay(zone).toInstant();
        if (!Period.HOURLY.start(midnight).equals(midnight)) {
            throw QueryTime.invalid(
                    "time_zone",
                    "Usage is kept by hours of UTC, and the day %s of %s begins at %s: ask with times on the hour in UTC instead."
                            .formatted(day, zone, midnight));
        }
        return midnight;
    }

    /**
     * The same for whole days; up to the end of today without {@code to}.
     *
     * @throws ProblemException {@code invalid_request} with the {@code field}
     */
    public static UsageRange parseDays(Optional<String> from, Optional<String> to, Instant now) {
        UsageRange range =
                parse(
                        from,
                        to.or(() -> from.map(_ -> Period.DAILY.end(now).toString())),
                        ZoneOffset.UTC,
                        now);
        requireMidnight("from", range.from);
        requireMidnight("to", range.to);
        return range;
    }

    private static void requireMidnight(String field, Instant at) {
        if (!Period.DAILY.start(at).equals(at)) {
            throw QueryTime.invalid(field, field + " must be at midnight, in UTC.");
        }
    }

    private static UsageRange checked(UsageRange range, Instant now) {
        Instant kept =
                Period.MONTHLY.start(
                        now.atZone(ZoneOffset.UTC).minusMonths(MONTHS_KEPT - 1).toInstant());
        if (range.from.isBefore(kept)) {
            throw QueryTime.invalid(
                    "from",
                    "Usage is kept for "
                            + MONTHS_KEPT
                            + " months: from must not be before "
                            + kept
                            + ".");
        }
        if (range.from.isAfter(now)) {
            throw QueryTime.invalid("from", "from lies in the future.");
        }
        if (!range.from.isBefore(range.to)) {
            throw QueryTime.invalid("to", "to must be after from.");
        }
        if (range.to.isAfter(Period.MONTHLY.end(now))) {
            throw QueryTime.invalid("to", "to must not be after the end of this month.");
        }
        return range;
    }

    private static Instant boundary(String field, String text, ZoneId zone) {
        Instant instant = QueryTime.parse(field, text, zone);
        if (text.indexOf('T') < 0) {
            return midnight(LocalDate.parse(text), zone);
        }
        if (!Period.HOURLY.start(instant).equals(instant)) {
            throw QueryTime.invalid(field, field + " must be on the hour, in UTC.");
        }
        return instant;
    }

    /** The fewest months, days and hours that make up the range; those yet to come are left out. */
    public List<Slice> slices(Instant now) {
        List<Slice> slices = new ArrayList<>();
        Instant at = from;
        while (at.isBefore(to) && !at.isAfter(now)) {
            Slice slice = largestFrom(at);
            slices.add(slice);
            at = slice.end();
        }
        return slices;
    }

    private Slice largestFrom(Instant at) {
        for (Period period : List.of(Period.MONTHLY, Period.DAILY)) {
            if (period.start(at).equals(at) && !period.end(at).isAfter(to)) {
                return new Slice(period, at);
            }
        }
        return new Slice(Period.HOURLY, at);
    }
}
