package ai.artcafe.tracker.rollup.store;

/** Attributes that every item has. */
final class ItemFields {

    static final String TENANT_ID = "tenant_id";

    /** RFC 3339. */
    static final String UPDATED_AT = "updated_at";

    private ItemFields() {}
}
