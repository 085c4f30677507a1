package ai.artcafe.tracker.limit;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import java.time.Instant;
import java.util.Optional;

/** What is to be known of tenants. All methods block, and throw when the store is away. */
public interface TenantStandings {

    /**
     * How a tenant stands.
     *
     * @param lately messages published at both doors in a window that ended some seconds ago
     * @param today messages published at both doors on the day so far
     */
    record Standing(long lately, long today) {}

    /**
     * What a tenant may.
     *
     * @param beyondTheDay whether it may publish more than the day's quota
     */
    record Allowed(PlanLimits limits, boolean beyondTheDay) {}

    /** Empty when there is no such tenant. */
    Optional<Allowed> allowed(TenantId tenant);

    Standing standing(TenantId tenant, Instant now);
}
