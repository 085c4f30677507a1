package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.store.UsageOwner;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.TenantRecord;
import java.util.Optional;

/** Whose amount: the tenant's, or that of someone within it. */
record Whose(TenantRecord tenant, Optional<Attribution> agent) {

    TenantId id() {
        return tenant.tenantId();
    }

    UsageOwner owner() {
        return agent.<UsageOwner>map(one -> new OfAgent(id(), one))
                .orElseGet(() -> new OfTenant(id()));
    }

    /** Whether it is of what was charged to that one. */
    boolean includes(Attribution charged) {
        return agent.filter(one -> !one.equals(charged)).isEmpty();
    }
}
