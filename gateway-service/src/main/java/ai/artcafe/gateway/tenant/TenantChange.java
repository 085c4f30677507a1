package ai.artcafe.gateway.tenant;

import ai.artcafe.gateway.patch.MergePatch;
import ai.artcafe.model.plan.LimitOverrides;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.runtime.store.TenantRecord;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A tenant as a patch has it. */
final class TenantChange implements UnaryOperator<TenantRecord> {

    private static final String NAME = "name";
    private static final String PLAN = "plan";
    private static final String LIMITS = "limits";

    static final Set<String> FIELDS = Set.of(NAME, PLAN, LIMITS);

    private final MergePatch patch;

    TenantChange(MergePatch patch) {
        this.patch = patch;
    }

    @Override
    public TenantRecord apply(TenantRecord tenant) {
        return new TenantRecord(
                tenant.tenantId(),
                NewTenant.displayName(patch.text(NAME, tenant.name())),
                Plan.of(patch.text(PLAN, tenant.plan().id())),
                limits(tenant.overrides()),
                tenant.slot(),
                tenant.tap(),
                tenant.createdAt());
    }

    private LimitOverrides limits(LimitOverrides present) {
        return patch.object(LIMITS)
                .map(limits ->
                        limits.isNull()
                                ? LimitOverrides.NONE
                                : new LimitsChange(limits).apply(present))
                .orElse(present);
    }
}
