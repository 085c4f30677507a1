package ai.artcafe.model.forecast;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be expected.
 *
 * @param method that did better on the hours held out
 * @param confidence the probability that a number is within its bounds
 * @param hours each of the next 24 whole hours
 * @param next24h all of them
 * @param period the billing period that is open
 * @param quota empty when the plan has no limit
 * @param backTest how right the method was on hours that it had not seen
 */
public record Projection(
        Method method,
        double confidence,
        List<Hour> hours,
        Estimate next24h,
        PeriodEstimate period,
        Optional<QuotaEstimate> quota,
        BackTest backTest) {

    /** How often a number is to be within its bounds. */
    public static final double CONFIDENCE = 0.8;

    public Projection {
        hours = List.copyOf(hours);
    }

    /** How a forecast is made. */
    public enum Method {
        /** A Random Cut Forest over the last day's shape. */
        RANDOM_CUT_FOREST,
        /** The median of the same hour of the day, or of the week once two weeks are known. */
        SEASONAL;

        /** The name in answers, lower case. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An hour and what is expected in it. */
    public record Hour(Instant start, Estimate published) {}

    /**
     * A billing period as it will probably end.
     *
     * @param published in all of it
     * @param soFar of them, already booked
     */
    public record PeriodEstimate(Instant from, Instant to, Estimate published, long soFar) {}

    /**
     * When the daily quota will probably be used up.
     *
     * @param messagesPerDay the quota
     * @param reachedOn in which hour; empty when not before the period ends
     * @param reachedOnAtEarliest the same should it be as much as the upper bounds say
     */
    public record QuotaEstimate(
            long messagesPerDay,
            Optional<Instant> reachedOn,
            Optional<Instant> reachedOnAtEarliest) {}

    /**
     * A rehearsal on the last hours of the history, each day forecast from what was before it.
     *
     * @param hours how many were forecast
     * @param smape the error, 0 to 2: the mean of 2·|forecast − actual| / (|forecast| + |actual|)
     * @param coverage how much of them was within the bounds, 0 to 1
     * @param naiveSmape the error of repeating the day before
     * @param betterThanNaive whether it is worth more than that
     */
    public record BackTest(
            int hours, double smape, double coverage, double naiveSmape, boolean betterThanNaive) {}
}
