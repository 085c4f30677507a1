package ai.artcafe.gateway.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** Token buckets that fill evenly. */
final class Buckets {

    private Buckets() {}

    /**
     * @param capacity how many at once
     * @param perSecond how many in the long run
     */
    static Bucket of(long capacity, long perSecond, TimeMeter time) {
        return of(capacity, perSecond, Duration.ofSeconds(1), time);
    }

    static Bucket of(long capacity, long refill, Duration period) {
        return of(capacity, refill, period, TimeMeter.SYSTEM_NANOTIME);
    }

    private static Bucket of(long capacity, long refill, Duration period, TimeMeter time) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(
                        Bandwidth.builder().capacity(capacity).refillGreedy(refill, period).build())
                .build();
    }

    static RateVerdict take(Bucket bucket) {
        if (bucket.tryConsume(1)) {
            return RateVerdict.ALLOWED;
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? RateVerdict.ALLOWED
                : new RateVerdict.Exceeded(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }
}
