package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A time that is looked back on, in minutes or in hours.
 *
 * @param step of the series
 * @param from the first instant, at the beginning of a step
 * @param to the first instant after it: the end of a step, which may be the present one
 */
public record AnalyticsRange(FlowSpan step, Instant from, Instant to) {

    /** A longer time is looked back on in hours. */
    private static final Duration MINUTES_UP_TO = Duration.ofHours(3);

    /** When a minute is rolled up: the present one is not shown in minutes. */
    private static final Duration MINUTE_SETTLES = Duration.ofSeconds(5);

    private static final List<Period> PERIODS =
            List.of(
                    new Period("1h", FlowSpan.MINUTE, Duration.ofHours(1)),
                    new Period("24h", FlowSpan.HOUR, Duration.ofDays(1)),
                    new Period("7d", FlowSpan.HOUR, Duration.ofDays(7)),
                    new Period("30d", FlowSpan.HOUR, Duration.ofDays(30)));

    private static final String DEFAULT = "24h";

    private record Period(String name, FlowSpan step, Duration length) {}

    /**
     * What a client asked for: a period up to now, or RFC 3339 times or dates, {@code to} being
     * exclusive and now if left out. A date is where its day begins in the zone; for more than
     * three hours and in a zone that is off by a part of an hour, the first whole hour of it.
     *
     * @throws ProblemException {@code tier_required} when a higher tier's detail reaches so far
     *     back, else {@code invalid_request} with the {@code field}
     */
    static AnalyticsRange parse(
            Optional<String> period,
            Optional<String> from,
            Optional<String> to,
            ZoneId zone,
            Tier tier,
            Instant now) {
        TierGate.require(tier, Feature.ANALYTICS);
        if (from.isEmpty()) {
            if (to.isPresent()) {
                throw QueryTime.invalid("from", "to needs from.");
            }
            return upToNow(period(period.orElse(DEFAULT)), tier, now);
        }
        if (period.isPresent()) {
            throw QueryTime.invalid("period", "Ask for a period or for from and to, not for both.");
        }
        return between(
                Boundary.parse("from", from.get(), zone),
                to.map(text -> Boundary.parse("to", text, zone)),
                tier,
                now);
    }

    private static Period period(String name) {
        return PERIODS.stream()
                .filter(period -> period.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> QueryTime.invalid("period", "period must be 1h, 24h, 7d or 30d."));
    }

    private static AnalyticsRange upToNow(Period period, Tier tier, Instant now) {
        requireReach(tier, period.length);
        Instant to = end(period.step, now);
        return new AnalyticsRange(period.step, to.minus(period.length), to);
    }

    /** The end of the last step that is shown. */
    private static Instant end(FlowSpan step, Instant now) {
        return step == FlowSpan.MINUTE ? step.start(now.minus(MINUTE_SETTLES)) : step.end(now);
    }

    private static AnalyticsRange between(
            Boundary begin, Optional<Boundary> until, Tier tier, Instant now) {
        Instant asked = until.map(Boundary::at).orElse(now);
        FlowSpan step =
                Duration.between(begin.at, asked).compareTo(MINUTES_UP_TO) <= 0
                        ? FlowSpan.MINUTE
                        : FlowSpan.HOUR;
        Instant from = begin.aligned(step);
        Instant to = until.map(end -> end.aligned(step)).orElse(end(step, now));
        if (!from.isBefore(now)) {
            throw QueryTime.invalid("from", "from must lie in the past.");
        }
        if (!from.isBefore(to)) {
            throw QueryTime.invalid("to", "to must be after from.");
        }
        if (to.isAfter(step.end(now))) {
            throw QueryTime.invalid("to", "to must not lie in the future.");
        }
        requireReach(tier, Duration.between(from, step.start(now)));
        return new AnalyticsRange(step, from, to);
    }

    /** An end of the time as it was asked for. */
    private record Boundary(String field, Instant at, boolean isDate) {

        static Boundary parse(String field, String text, ZoneId zone) {
            return new Boundary(field, QueryTime.parse(field, text, zone), text.indexOf('T') < 0);
        }

        Instant aligned(FlowSpan step) {
            if (step.start(at).equals(at)) {
                return at;
            }
            if (isDate) {
                return step.end(at);
            }
            throw QueryTime.invalid(
                    field,
                    field
                            + (step == FlowSpan.MINUTE
                                    ? " must be on the minute."
                                    : " must be on the hour, in UTC, for more than 3 hours."));
        }
    }

    private static void requireReach(Tier tier, Duration back) {
        if (back.compareTo(tier.detailRetention()) <= 0) {
            return;
        }
        Tier enough =
                Arrays.stream(Tier.values())
                        .filter(other -> back.compareTo(other.detailRetention()) <= 0)
                        .findFirst()
                        .orElseThrow(() ->
                                QueryTime.invalid(
                                        "from",
                                        "Detail is kept for 30 days: from must not be"
                                                + " earlier."));
        throw new ProblemException(
                ErrorCode.TIER_REQUIRED,
                "Your tier, %s, looks back %d days: more takes %s."
                        .formatted(tier.id(), tier.detailRetention().toDays(), enough.id()),
                Map.of("required_tier", enough.id(), "tier", tier.id()));
    }

    /** The beginnings of its steps. */
    Stream<Instant> steps() {
        return Stream.iterate(from, start -> start.isBefore(to), step::end);
    }

    /** Whether it reaches up to the present. */
    boolean isUpToNow(Instant now) {
        return to.isAfter(step.start(now.minus(MINUTE_SETTLES)).minusNanos(1));
    }

    /** The first instant after the steps that are over. */
    Instant completeTo(Instant now) {
        Instant present = step.start(now);
        return present.isBefore(to) ? present : to;
    }

    @JsonProperty("step")
    String stepName() {
        return step == FlowSpan.MINUTE ? "minute" : "hour";
    }
}
