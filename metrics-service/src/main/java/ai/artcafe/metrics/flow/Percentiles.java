package ai.artcafe.metrics.flow;

import ai.artcafe.model.flow.Distribution;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Of a distribution, each right within 1 % of its value.
 *
 * @param count how many values it is of, scaled to all where only some were looked at
 */
public record Percentiles(double p50, double p95, double p99, Optional<Long> count) {

    /** Empty where there is no value. */
    public static Optional<Percentiles> of(Distribution distribution) {
        return of(
                        distribution.quantile(0.5),
                        distribution.quantile(0.95),
                        distribution.quantile(0.99))
                .map(one ->
                        new Percentiles(
                                one.p50, one.p95, one.p99, Optional.of(distribution.count())));
    }

    /** Empty where one of them is. */
    public static Optional<Percentiles> of(
            OptionalDouble p50, OptionalDouble p95, OptionalDouble p99) {
        return p50.isPresent() && p95.isPresent() && p99.isPresent()
                ? Optional.of(
                        new Percentiles(
                                Rounded.to(3, p50.getAsDouble()),
                                Rounded.to(3, p95.getAsDouble()),
                                Rounded.to(3, p99.getAsDouble()),
                                Optional.empty()))
                : Optional.empty();
    }
}
