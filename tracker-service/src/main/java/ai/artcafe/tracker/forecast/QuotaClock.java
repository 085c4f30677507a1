package ai.artcafe.tracker.forecast;

import ai.artcafe.model.forecast.Projection;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.usage.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;

/**
 * When a day's quota will be used up.
 *
 * @param thisHour the first hour of the prediction, which is under way
 */
record QuotaClock(PlanLimits limits, Instant thisHour, Instant now) {

    /** Empty when there is no quota. */
    Optional<Projection.QuotaEstimate> estimate(
            Prediction prediction, SortedMap<Instant, Long> booked, int hours) {
        if (limits.messagesPerDay() == PlanLimits.UNLIMITED) {
            return Optional.empty();
        }
        return Optional.of(
                new Projection.QuotaEstimate(
                        limits.messagesPerDay(),
                        reached(prediction.messages(), booked, hours),
                        reached(prediction.high(), booked, hours)));
    }

    /** The hour in which what is booked and what is to come are as much as the quota. */
    private Optional<Instant> reached(
            double[] expected, SortedMap<Instant, Long> booked, int hours) {
        Instant day = Period.DAILY.start(now);
        double used = booked.tailMap(day).values().stream().mapToLong(Long::longValue).sum();
        if (used >= limits.messagesPerDay()) {
            return Optional.of(thisHour);
        }
        double left =
                1
                        - (double) Duration.between(thisHour, now).toSeconds()
                                / Duration.ofHours(1).toSeconds();
        for (int hour = 0; hour < hours; hour++) {
            Instant at = thisHour.plus(hour, ChronoUnit.HOURS);
            if (!Period.DAILY.start(at).equals(day)) {
                day = Period.DAILY.start(at);
                used = 0;
            }
            used += expected[hour] * (hour == 0 ? left : 1);
            if (used >= limits.messagesPerDay()) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }
}
