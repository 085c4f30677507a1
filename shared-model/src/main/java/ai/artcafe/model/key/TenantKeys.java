package ai.artcafe.model.key;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;

/** Keys and attributes of {@link Table#TENANTS}. */
public final class TenantKeys {

    /** The sort key of a tenant's record. */
    public static final String RECORD = "TENANT";

    /**
     * The partition that holds which tenant occupies which slot: sort key {@code S0001}, attribute
     * {@code tenant_id}, and {@link #TAP_MODE} and {@link #TAP_SAMPLE} as in the tenant's record.
     */
    public static final String SLOTS = "SLOTS";

    public static final String TENANT_ID = "tenant_id";
    public static final String NAME = "name";
    public static final String PLAN = "plan";

    /**
     * A map of numbers, by their names in the API: what is agreed in place of the plan's limits.
     */
    public static final String LIMITS = "limits";

    public static final String SLOT = "slot";
    public static final String CREATED_AT = "created_at";

    /** The kind of a {@link ai.artcafe.model.flow.TapMode}; absent where it is full. */
    public static final String TAP_MODE = "tap_mode";

    /** A number; absent unless the tap is sampled. */
    public static final String TAP_SAMPLE = "tap_sample";

    private TenantKeys() {}

    public static String tenant(TenantId tenant) {
        return "TENANT#" + tenant;
    }

    public static String slot(Slot slot) {
        return slot.account();
    }
}
