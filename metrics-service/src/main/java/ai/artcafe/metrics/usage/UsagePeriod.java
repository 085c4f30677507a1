package ai.artcafe.metrics.usage;

import ai.artcafe.model.usage.BillingPeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time that an answer is about.
 *
 * @param from the first instant
 * @param to the first instant after it
 * @param state where a billing period is in its life: {@code open} until its end, {@code grace}
 *     while what was read late is still booked to it, then {@code closed} for good; left out for
 *     other times
 */
public record UsagePeriod(Instant from, Instant to, Optional<BillingPeriod.State> state) {

    /**
     * @param grace how long after its end a billing period takes in what belongs to it
     */
    public static UsagePeriod of(UsageRange range, Instant now, Duration grace) {
        BillingPeriod period = BillingPeriod.containing(range.from());
        boolean isOne = period.start().equals(range.from()) && period.end().equals(range.to());
        return new UsagePeriod(
                range.from(),
                range.to(),
                isOne ? Optional.of(period.state(now, grace)) : Optional.empty());
    }
}
