package ai.artcafe.gateway.tenant;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/** A tenant as the API shows it. */
record TenantView(
        TenantId tenantId,
        String name,
        Plan plan,
        Tier tier,
        Slot slot,
        Limits limits,
        Tap tap,
        Instant createdAt) {

    static TenantView of(TenantRecord tenant) {
        return new TenantView(
                tenant.tenantId(),
                tenant.name(),
                tenant.plan(),
                tenant.tier(),
                tenant.slot(),
                Limits.of(tenant),
                Tap.of(tenant.tap()),
                tenant.createdAt());
    }

    /**
     * How closely the tenant's traffic is looked at.
     *
     * @param mode full, sampled or off
     * @param sample of how many messages one is looked at, where sampled
     */
    record Tap(String mode, Optional<Integer> sample) {

        static Tap of(TapMode tap) {
            return new Tap(
                    tap.kind().id(),
                    tap.kind() == TapMode.Kind.SAMPLED
                            ? Optional.of(tap.sample())
                            : Optional.empty());
        }
    }

    /**
     * The limits that hold; {@code null} where there is none.
     *
     * @param overage whether more than the day's messages may be published
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Limits(
            Optional<Long> agents,
            Optional<Long> connectionsPerAgent,
            Optional<Long> agentMessagesPerSecond,
            Optional<Long> tenantMessagesPerSecond,
            Optional<Long> messagesPerDay,
            int frameBytes,
            boolean overage) {

        static Limits of(TenantRecord tenant) {
            PlanLimits limits = tenant.limits();
            return new Limits(
                    shown(limits.agents()),
                    shown(limits.connectionsPerAgent()),
                    shown(limits.agentMessagesPerSecond()),
                    shown(limits.tenantMessagesPerSecond()),
                    shown(limits.messagesPerDay()),
                    limits.frameBytes(),
                    tenant.allowsOverage());
        }

        private static Optional<Long> shown(long limit) {
            return limit == PlanLimits.UNLIMITED ? Optional.empty() : Optional.of(limit);
        }
    }
}
