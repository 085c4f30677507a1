package ai.artcafe.runtime.store;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.plan.LimitOverrides;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.plan.Tier;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A tenant as the platform knows it.
 *
 * @param name for people
 * @param plan what it pays for
 * @param overrides what is agreed in place of the plan's limits
 * @param slot the NATS account it lives in
 * @param tap how closely its traffic is looked at
 */
public record TenantRecord(
        TenantId tenantId,
        String name,
        Plan plan,
        LimitOverrides overrides,
        Slot slot,
        TapMode tap,
        Instant createdAt) {

    /** One that is looked at in full. */
    public TenantRecord(TenantId tenantId, String name, Plan plan, Slot slot, Instant createdAt) {
        this(tenantId, name, plan, LimitOverrides.NONE, slot, TapMode.FULL, createdAt);
    }

    /** The limits that hold for it. */
    public PlanLimits limits() {
        return overrides.over(plan.limits());
    }

    /** Whether it may publish more than the day's messages. */
    public boolean allowsOverage() {
        return overrides.overage().orElse(plan.allowsOverage());
    }

    public Tier tier() {
        return plan.tier();
    }

    /** The record as an item of {@link Table#TENANTS}, key and all. */
    public Map<String, AttributeValue> toItem() {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(Table.TENANTS, TenantKeys.tenant(tenantId), TenantKeys.RECORD));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(tenantId.value()));
        item.put(TenantKeys.NAME, AttributeValue.fromS(name));
        item.put(TenantKeys.PLAN, AttributeValue.fromS(plan.id()));
        item.put(TenantKeys.SLOT, AttributeValue.fromS(slot.account()));
        item.put(TenantKeys.CREATED_AT, AttributeValue.fromS(createdAt.toString()));
        item.putAll(tapAttributes(tap));
        Map<String, AttributeValue> limits = LimitItems.write(overrides);
        if (!limits.isEmpty()) {
            item.put(TenantKeys.LIMITS, AttributeValue.fromM(limits));
        }
        return item;
    }

    /** How a mode is stored, in the tenant's record and in that of its slot. */
    public static Map<String, AttributeValue> tapAttributes(TapMode tap) {
        return switch (tap.kind()) {
            case FULL -> Map.of();
            case OFF -> Map.of(TenantKeys.TAP_MODE, AttributeValue.fromS(tap.kind().id()));
            case SAMPLED ->
                    Map.of(
                            TenantKeys.TAP_MODE,
                            AttributeValue.fromS(tap.kind().id()),
                            TenantKeys.TAP_SAMPLE,
                            AttributeValue.fromN(Integer.toString(tap.sample())));
        };
    }

    /** Whether an item is the record of a tenant that is no more. */
    public static boolean isDeleted(Item item) {
        return item.attributes().containsKey(TenantKeys.DELETED_AT);
    }

    /**
     * The record that an item holds.
     *
     * @throws RuntimeException when the item is not a tenant's record
     */
    public static TenantRecord of(Item item) {
        return new TenantRecord(
                new TenantId(item.requiredText(TenantKeys.TENANT_ID)),
                item.requiredText(TenantKeys.NAME),
                Plan.of(item.requiredText(TenantKeys.PLAN)),
                LimitItems.read(item),
                new Slot(item.requiredText(TenantKeys.SLOT)),
                TapMode.of(
                        item.text(TenantKeys.TAP_MODE).orElse(""),
                        item.number(TenantKeys.TAP_SAMPLE)),
                Instant.parse(item.requiredText(TenantKeys.CREATED_AT)));
    }
}
