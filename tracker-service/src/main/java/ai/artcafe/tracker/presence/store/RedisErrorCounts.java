package ai.artcafe.tracker.presence.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.presence.ErrorCounts;
import ai.artcafe.tracker.presence.PresenceConfig;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Errors by minute in Redis, kept for 2 hours. */
@ApplicationScoped
public class RedisErrorCounts implements ErrorCounts {

    private static final PresenceCalls.Script ERRORS = PresenceCalls.Script.load("errors.lua");
    private static final Duration LIFE = Duration.ofHours(2);

    private final PresenceCalls redis;
    private final PresenceConfig config;

    @Inject
    public RedisErrorCounts(Redis redis, LedgerConfig ledger, PresenceConfig config) {
        this.redis = new PresenceCalls(redis, ledger.timeout());
        this.config = config;
    }

    @Override
    public void add(TenantId tenant, Instant at, Map<String, Long> counts) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(LIFE.toSeconds()));
        arguments.add(Integer.toString(config.maxErrorFields()));
        counts.forEach((field, count) -> {
            arguments.add(field);
            arguments.add(count.toString());
        });
        redis.run(ERRORS, List.of(RedisKeys.flowErrors(tenant, at)), arguments);
    }
}
