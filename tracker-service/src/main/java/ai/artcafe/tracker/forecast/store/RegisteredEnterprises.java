package ai.artcafe.tracker.forecast.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.runtime.store.Tenants;
import ai.artcafe.tracker.forecast.EnterpriseTenants;
import ai.artcafe.tracker.reconcile.SlotOwners;
import ai.artcafe.tracker.reconcile.StoreUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** From the tenants' records, of those that are in a slot. */
@ApplicationScoped
public class RegisteredEnterprises implements EnterpriseTenants {

    private final SlotOwners owners;
    private final Tenants tenants;

    @Inject
    public RegisteredEnterprises(SlotOwners owners, Tenants tenants) {
        this.owners = owners;
        this.tenants = tenants;
    }

    @Override
    public Map<TenantId, PlanLimits> all() {
        Map<TenantId, PlanLimits> all = new HashMap<>();
        try {
            for (TenantId tenant : owners.owners().values()) {
                tenants.find(tenant)
                        .filter(found -> found.tier().includes(Tier.ENTERPRISE))
                        .ifPresent(found -> all.put(tenant, found.limits()));
            }
        } catch (StoreUnavailableException e) {
            throw new StoreAwayException(StoreOutages.DYNAMODB, e);
        }
        return all;
    }
}
