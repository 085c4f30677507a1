package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.Period;
import java.time.Instant;
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
    static final int MONTHS_KEPT = 13;

    /** The period of so much that contains the instant. */
    static UsageRange current(Period period, Instant now) {
        return new UsageRange(period.start(now), period.end(now));
    }

    /**
     * What a client asked for: RFC 3339 times or dates (their midnight in UTC), {@code to} being
     * exclusive; today without both, up to the end of the current hour without {@code to}.
     *
     * @throws ProblemException {@code invalid_request} with the {@code field}
     */
    static UsageRange parse(Optional<String> from, Optional<String> to, Instant now) {
        if (from.isEmpty()) {
            if (to.isPresent()) {
                throw QueryTime.invalid("from", "to needs from.");
            }
            return current(Period.DAILY, now);
        }
        UsageRange range =
                new UsageRange(
                        boundary("from", from.get()),
                        to.map(text -> boundary("to", text)).orElse(Period.HOURLY.end(now)));
        return checked(range, now);
    }

    /**
     * The same for whole days; up to the end of today without {@code to}.
     *
     * @throws ProblemException {@code invalid_request} with the {@code field}
     */
    public static UsageRange parseDays(Optional<String> from, Optional<String> to, Instant now) {
        UsageRange range =
                parse(from, to.or(() -> from.map(_ -> Period.DAILY.end(now).toString())), now);
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

    private static Instant boundary(String field, String text) {
        Instant instant = QueryTime.parse(field, text);
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
