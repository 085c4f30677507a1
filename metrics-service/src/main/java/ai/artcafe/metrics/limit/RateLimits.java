package ai.artcafe.metrics.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * A token bucket for each user, tenant and address, which fills evenly. A bucket is forgotten when
 * it must be full again, and the least used go first when there are more than may be remembered:
 * who is forgotten begins anew with a full one. Thread-safe.
 */
@Startup
@ApplicationScoped
class RateLimits {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** More a minute than a bucket can tell apart. */
    private static final int MOST = 1_000_000_000;

    private final boolean enabled;
    private final Kind users;
    private final Kind tenants;
    private final Kind addresses;

    @Inject
    RateLimits(RateLimitConfig config) {
        this(config, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(RateLimitConfig config, TimeMeter time) {
        this.enabled = config.enabled();
        this.users =
                new Kind(config.userPerMinute(), config.userBurst(), config.remembered(), time);
        this.tenants =
                new Kind(config.tenantPerMinute(), config.tenantBurst(), config.remembered(), time);
        this.addresses =
                new Kind(
                        config.addressPerMinute(),
                        config.addressBurst(),
                        config.remembered(),
                        time);
    }

    boolean enabled() {
        return enabled;
    }

    /**
     * Takes so many units off, or none when there are fewer. What costs more than fits into a
     * bucket takes a full one.
     */
    Take take(Caller caller, int cost) {
        return kind(caller).take(caller, cost);
    }

    /** Gives back what was taken for a request that was then refused. */
    void giveBack(Caller caller, int cost) {
        kind(caller).giveBack(caller, cost);
    }

    /** How many callers are remembered now. */
    long remembered() {
        return users.remembered() + tenants.remembered() + addresses.remembered();
    }

    private Kind kind(Caller caller) {
        return switch (caller) {
            case Caller.User _ -> users;
            case Caller.Tenant _ -> tenants;
            case Caller.Address _ -> addresses;
        };
    }

    /** The buckets of one kind of callers. */
    private static final class Kind {

        private final long perMinute;
        private final long burst;
        private final LoadingCache<Caller, Bucket> buckets;

        Kind(int perMinute, int burst, int remembered, TimeMeter time) {
            if (perMinute < 1 || burst < 1 || remembered < 1 || Math.max(perMinute, burst) > MOST) {
                throw new IllegalArgumentException(
                        "artcafe.metrics.rate-limit: numbers are 1 to " + MOST);
            }
            this.perMinute = perMinute;
            this.burst = burst;
            this.buckets =
                    Caffeine.newBuilder()
                            .maximumSize(remembered)
                            .expireAfterAccess(timeFor(burst).plus(MINUTE))
                            .executor(Runnable::run)
                            .build(_ -> bucket(time));
        }

        private Bucket bucket(TimeMeter time) {
            return Bucket.builder()
                    .addLimit(
                            Bandwidth.builder()
                                    .capacity(burst)
                                    .refillGreedy(perMinute, MINUTE)
                                    .build())
                    .withCustomTimePrecision(time)
                    .build();
        }

        Take take(Caller caller, int cost) {
            ConsumptionProbe probe =
                    buckets.get(caller).tryConsumeAndReturnRemaining(bounded(cost));
            return new Take(
                    caller,
                    perMinute,
                    probe.getRemainingTokens(),
                    Duration.ofNanos(probe.getNanosToWaitForReset()),
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }

        void giveBack(Caller caller, int cost) {
            buckets.get(caller).addTokens(bounded(cost));
        }

        long remembered() {
            buckets.cleanUp();
            return buckets.estimatedSize();
        }

        private long bounded(int cost) {
            return Math.clamp(cost, 1, burst);
        }

        private Duration timeFor(long units) {
            return MINUTE.multipliedBy(units).dividedBy(perMinute);
        }
    }
}
