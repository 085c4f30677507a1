package ai.artcafe.tracker.rollup;

/** Attributes of the items that hold the ledger's own state. */
public final class LedgerItem {

    /** The ledger's small facts, a JSON object of texts. */
    public static final String META = "meta";

    /** The ledger's revision as of which the item is. */
    public static final String REVISION = "revision";

    /** The progress of the tenant's totals since its beginning. */
    public static final String TOTALS_PROGRESS = "totals_progress";

    /** A record (an adjustment, a gap) as it is in Redis. */
    public static final String JSON = "json";

    private LedgerItem() {}
}
