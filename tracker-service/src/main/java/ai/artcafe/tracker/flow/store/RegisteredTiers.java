package ai.artcafe.tracker.flow.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import ai.artcafe.tracker.flow.TenantTiers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** From the tenants' records. */
@ApplicationScoped
public class RegisteredTiers implements TenantTiers {

    private final Tenants tenants;

    RegisteredTiers(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public Optional<Tier> tier(TenantId tenant) {
        return tenants.find(tenant).map(TenantRecord::tier);
    }
}
