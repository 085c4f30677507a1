package ai.artcafe.tracker.forecast;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import java.util.Map;

/** The tenants whose tier includes forecasts. */
@FunctionalInterface
public interface EnterpriseTenants {

    /**
     * Each with its limits. Blocking.
     *
     * @throws ai.artcafe.runtime.store.StoreAwayException when it cannot be told
     */
    Map<TenantId, PlanLimits> all();
}
