package ai.artcafe.metrics.health;

import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.StoreProbe;
import ai.artcafe.runtime.json.JsonConventions;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * What operators are told. A store that is away makes the service unwell, and {@code /health} names
 * it; but not unready once it has been reached: without any instance to ask, clients would not even
 * get the last known answers. One that has never been reached keeps an instance out of traffic, so
 * that a bad configuration does not replace a good one.
 */
@ApplicationScoped
class OperatorHealth {

    private static final Duration LEDGER_FRESH = Duration.ofSeconds(15);
    private static final String ERROR = "error";

    private final StoreProbe stores;
    private final LiveUsage usage;
    private final Clock clock;
    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    OperatorHealth(StoreProbe stores, LiveUsage usage, Clock clock) {
        this.stores = stores;
        this.usage = usage;
        this.clock = clock;
    }

    /** {@code redis}: without it, figures stand still and answers are the last known ones. */
    @Produces
    @Wellness
    HealthCheck redis() {
        return () -> answers(StoreOutages.REDIS, stores::redisFailure);
    }

    /** {@code dynamodb}: without it, only tenants that are known are answered. */
    @Produces
    @Wellness
    HealthCheck dynamoDb() {
        return () -> answers(StoreOutages.DYNAMODB, stores::dynamoDbFailure);
    }

    /** {@code stores}: whether both have been reached since the start. */
    @Produces
    @Readiness
    HealthCheck storesReached() {
        return () -> {
            HealthCheckResponseBuilder health = HealthCheckResponse.named("stores");
            boolean redis = isReached(StoreOutages.REDIS, stores::redisFailure);
            boolean dynamoDb = isReached(StoreOutages.DYNAMODB, stores::dynamoDbFailure);
            return health.withData(StoreOutages.REDIS, reached(redis))
                    .withData(StoreOutages.DYNAMODB, reached(dynamoDb))
                    .status(redis && dynamoDb)
                    .build();
        };
    }

    /**
     * {@code ledger}: never down, as this service is not what is at fault: its data say how far the
     * ledger has come and whether it is {@code fresh}, {@code degraded}, or {@code unknown}.
     */
    @Produces
    @Wellness
    HealthCheck ledger() {
        return () -> {
            HealthCheckResponseBuilder health = HealthCheckResponse.named("ledger").up();
            try {
                return ledger(health, usage.freshness()).build();
            } catch (StoreAwayException away) {
                return health.withData("state", "unknown").withData(ERROR, away.store()).build();
            }
        };
    }

    private HealthCheckResponseBuilder ledger(
            HealthCheckResponseBuilder health, Freshness freshness) {
        freshness
                .completeThrough()
                .ifPresent(at -> health.withData("complete_through", JsonConventions.time(at)));
        return freshness
                .asOf()
                .map(at -> {
                    Duration age = Duration.between(at, clock.instant());
                    boolean isFresh = age.compareTo(LEDGER_FRESH) <= 0;
                    return health.withData("state", isFresh ? "fresh" : "degraded")
                            .withData("as_of", JsonConventions.time(at))
                            .withData("age_ms", Math.max(0, age.toMillis()));
                })
                .orElseGet(() -> health.withData("state", "unknown"));
    }

    private HealthCheckResponse answers(String store, Supplier<Optional<String>> failure) {
        HealthCheckResponseBuilder health = HealthCheckResponse.named(store);
        Optional<String> failed = failure.get();
        if (failed.isEmpty()) {
            reached.add(store);
        }
        failed.ifPresent(why -> health.withData(ERROR, why));
        return health.status(failed.isEmpty()).build();
    }

    private boolean isReached(String store, Supplier<Optional<String>> failure) {
        return reached.contains(store)
                || (failure.get().isEmpty() && (reached.add(store) || reached.contains(store)));
    }

    private static String reached(boolean is) {
        return is ? "reached" : "not reached yet";
    }
}
