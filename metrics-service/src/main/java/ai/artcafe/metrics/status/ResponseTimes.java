package ai.artcafe.metrics.status;

import ai.artcafe.model.flow.Distribution;
import java.util.Optional;

/** Milliseconds, right within 1 %: half, 95 % and 99 % of all answers came sooner. */
public record ResponseTimes(double p50, double p95, double p99) {

    /** Empty when there was no answer. */
    static Optional<ResponseTimes> of(Distribution millis) {
        return millis.count() == 0
                ? Optional.empty()
                : Optional.of(
                        new ResponseTimes(at(millis, 0.5), at(millis, 0.95), at(millis, 0.99)));
    }

    private static double at(Distribution millis, double rank) {
        return Math.round(millis.quantile(rank).orElseThrow() * 100) / 100.0;
    }
}
