package ai.artcafe.gateway.limit;

import ai.artcafe.model.plan.PlanLimits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The messages a second of one agent or tenant, over all gateways: a bucket that decides here, from
 * which is taken off what the other gateways say that they have let through. It holds one second's
 * worth, so that a second's messages may come at once. Thread-safe.
 */
final class SharedRate {

    /** A bucket cannot fill faster than a token a nanosecond. */
    private static final long MAX_PER_SECOND = 1_000_000_000;

    /**
     * How many seconds' worth the bucket may lack because of what happened elsewhere: what arrives
     * late, after an outage of the bus, must not keep an agent out for as long as that lasted.
     */
    private static final long MOST_SECONDS_LACKING = 2;

    private final String id;
    private final String tenant;
    private final TimeMeter time;
    private final Consumer<SharedRate> onUse;
    private final AtomicLong used = new AtomicLong();
    private volatile long perSecond;
    private volatile Optional<Bucket> bucket;

    /**
     * @param tenant whose rate it is
     * @param perSecond {@link PlanLimits#UNLIMITED} for no limit
     * @param onUse is told when there is something to {@linkplain #takeUsed() take}
     */
    SharedRate(
            String id, String tenant, long perSecond, TimeMeter time, Consumer<SharedRate> onUse) {
        this.id = id;
        this.tenant = tenant;
        this.time = time;
        this.onUse = onUse;
        this.perSecond = perSecond;
        this.bucket = newBucket(perSecond);
    }

    private Optional<Bucket> newBucket(long perSecond) {
        long bounded = Math.min(perSecond, MAX_PER_SECOND);
        return perSecond == PlanLimits.UNLIMITED
                ? Optional.empty()
                : Optional.of(Buckets.of(bounded, bounded, time));
    }

    String id() {
        return id;
    }

    String tenant() {
        return tenant;
    }

    /** From now on there may be so many; what was used before is forgotten if that is a change. */
    synchronized void set(long wanted) {
        if (wanted != perSecond) {
            perSecond = wanted;
            bucket = newBucket(wanted);
        }
    }

    RateVerdict take() {
        Optional<Bucket> now = bucket;
        return now.isEmpty() ? RateVerdict.ALLOWED : Buckets.take(now.get());
    }

    /** What was taken is not needed after all. */
    void giveBack() {
        bucket.ifPresent(now -> now.addTokens(1));
    }

    /** What was taken is used: the other gateways are to know. */
    void use() {
        if (bucket.isPresent() && used.getAndIncrement() == 0) {
            onUse.accept(this);
        }
    }

    /** How much was used since the last call. */
    long takeUsed() {
        return used.getAndSet(0);
    }

    void usedElsewhere(long messages) {
        bucket.ifPresent(now -> {
            long room =
                    now.getAvailableTokens()
                            + MOST_SECONDS_LACKING * Math.min(perSecond, MAX_PER_SECOND);
            long off = Math.min(messages, room);
            if (off > 0) {
                now.consumeIgnoringRateLimits(off);
            }
        });
    }
}
