package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Map;

/** How often what went wrong, by minute. */
@FunctionalInterface
public interface ErrorCounts {

    /**
     * Adds to a tenant's minute. Blocking.
     *
     * @param counts by field of {@link ai.artcafe.model.key.RedisKeys#flowErrors}
     * @throws ai.artcafe.runtime.store.StoreAwayException when the store does not answer
     */
    void add(TenantId tenant, Instant at, Map<String, Long> counts);
}
