package ai.artcafe.metrics.usage;

import ai.artcafe.model.forecast.Estimate;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.forecast.Projection;
import ai.artcafe.model.usage.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How many messages will probably have been published by the end of a day or month.
 *
 * @param low in {@code confidence} of all cases it will be between this
 * @param high and this
 * @param madeAt when that was forecast
 */
public record ProjectedUsage(
        long messages, long low, long high, double confidence, Instant madeAt) {

    /** The billing period that is open, as far as the forecast is of it. */
    static Optional<ProjectedUsage> ofMonth(Forecast forecast, long soFar, Instant now) {
        return forecast.projection()
                .filter(projection -> projection.period().to().equals(Period.MONTHLY.end(now)))
                .map(projection ->
                        of(
                                forecast,
                                projection,
                                projection.period().published().messages(),
                                projection.period().published().low(),
                                projection.period().published().high(),
                                soFar));
    }

    /**
     * Today: what is booked, and what is expected of the hours that are left, of the present one in
     * the proportion that is left of it. Its bounds are the sums of the hours', and so wider than
     * the confidence asks for.
     */
    static Optional<ProjectedUsage> ofDay(Forecast forecast, long soFar, Instant now) {
        return forecast.projection()
                .flatMap(projection ->
                        rest(projection.hours(), now)
                                .map(rest ->
                                        of(
                                                forecast,
                                                projection,
                                                soFar + rest.messages(),
                                                soFar + rest.low(),
                                                soFar + rest.high(),
                                                soFar)));
    }

    /** What is booked already is certain, whatever was expected. */
    private static ProjectedUsage of(
            Forecast forecast,
            Projection projection,
            long messages,
            long low,
            long high,
            long soFar) {
        return new ProjectedUsage(
                Math.max(soFar, messages),
                Math.max(soFar, low),
                Math.max(soFar, high),
                projection.confidence(),
                forecast.madeAt());
    }

    /** Empty when the forecast does not know all of the whole hours that are left. */
    private static Optional<Estimate> rest(List<Projection.Hour> hours, Instant now) {
        Instant midnight = Period.DAILY.end(now);
        Instant nextHour = Period.HOURLY.end(now);
        List<Projection.Hour> left =
                hours.stream()
                        .filter(hour ->
                                !hour.start().isBefore(nextHour) && hour.start().isBefore(midnight))
                        .toList();
        if (left.size() != Duration.between(nextHour, midnight).toHours()) {
            return Optional.empty();
        }
        Estimate whole =
                left.stream()
                        .map(Projection.Hour::published)
                        .reduce(new Estimate(0, 0, 0), ProjectedUsage::plus);
        return present(hours, now).map(part -> plus(whole, part));
    }

    /**
     * What is left of the present hour: a forecast begins with the hour after the one it was made
     * in, whose own expectation is taken to be like the next one's.
     */
    private static Optional<Estimate> present(List<Projection.Hour> hours, Instant now) {
        Instant thisHour = Period.HOURLY.start(now);
        double left =
                Duration.between(now, Period.HOURLY.end(now)).toMillis()
                        / (double) Duration.ofHours(1).toMillis();
        return hours.stream()
                .filter(hour -> !hour.start().isBefore(thisHour))
                .findFirst()
                .map(Projection.Hour::published)
                .map(hour ->
                        new Estimate(
                                Math.round(hour.messages() * left),
                                Math.round(hour.low() * left),
                                Math.round(hour.high() * left)));
    }

    private static Estimate plus(Estimate one, Estimate other) {
        return new Estimate(
                one.messages() + other.messages(),
                one.low() + other.low(),
                one.high() + other.high());
    }
}
