package ai.artcafe.metrics.tier;

import ai.artcafe.metrics.limit.RequestAllowance;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.access.TenantAccess;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.RequestScoped;
import java.util.Map;

/** The tenant of the request, whose record says what it may see. */
@RequestScoped
public class TierGate {

    private final RequestAccess access;
    private final Tenants tenants;
    private final RequestAllowance allowance;

    TierGate(RequestAccess access, Tenants tenants, RequestAllowance allowance) {
        this.access = access;
        this.tenants = tenants;
        this.allowance = allowance;
    }

    /**
     * The record of the request's tenant, which the user may at least read, or of one that is
     * deleted, which operators may; the request counts towards what both may ask.
     */
    public TenantRecord tenant() {
        TenantAccess granted = access.requireKept(Role.VIEWER);
        allowance.take(granted);
        return tenants.findKept(granted.tenant())
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such tenant."));
    }

    /**
     * Lets pass what the tier includes.
     *
     * @throws ProblemException {@code tier_required} with {@code required_tier}, when the tier does
     *     not include the feature
     */
    public static void require(Tier tier, Feature feature) {
        if (!feature.isIn(tier)) {
            throw new ProblemException(
                    ErrorCode.TIER_REQUIRED,
                    "Your tier, "
                            + tier.id()
                            + ", does not include "
                            + feature.id()
                            + ": it takes "
                            + feature.requires().id()
                            + ".",
                    Map.of("required_tier", feature.requires().id(), "tier", tier.id()));
        }
    }
}
