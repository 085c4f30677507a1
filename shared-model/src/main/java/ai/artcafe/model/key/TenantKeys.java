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

    /**
     * The partition of the tenants that were deleted, for as long as their usage is kept: sort key
     * {@code {tenant}}, attributes {@code tenant_id} and {@link #DELETED_AT}.
     */
    public static final String DELETED = "DELETED";

    /**
     * The partition of those of them whose agents, channels and members are still to be removed:
     * the same, and {@link #CLAIMED_UNTIL}.
     */
    public static final String CLEARING = "CLEARING";

    /** RFC 3339: in the record of a tenant that is deleted, which stays, so that its id does. */
    public static final String DELETED_AT = "deleted_at";

    /** Epoch seconds: until when a gateway removes what there is. */
    public static final String CLAIMED_UNTIL = "claimed_until";

    /**
     * Epoch seconds, with the slot of a deleted tenant: until when what comes of it is still the
     * tenant's. After that the slot is nobody's.
     */
    public static final String KEPT_UNTIL = "kept_until";

    /** Epoch seconds, with the slot of a deleted tenant: from when on another may have it. */
    public static final String FREE_FROM = "free_from";

    public static final String TENANT_ID = "tenant_id";
    public static final String NAME = "name";
    public static final String PLAN = "plan";

    /**
     * A map by the limits' names in the API, of numbers and of whether the day may be exceeded:
     * what is agreed in place of the plan's limits.
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
