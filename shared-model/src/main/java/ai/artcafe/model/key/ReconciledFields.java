package ai.artcafe.model.key;

/**
 * What the witnesses said of a tenant's traffic at the NATS door in the settled windows of a day,
 * as Redis hash fields and as DynamoDB attributes alike. Whole numbers; each name with {@code
 * _messages} and with {@code _bytes}.
 */
public final class ReconciledFields {

    /** The ledger: what its agents' and its gateways' connections have published. */
    public static final String LEDGER = "ledger";

    /** The NATS servers: what the tenant's account has received. */
    public static final String SERVER = "server";

    /** What the servers have handed to the tap, in the windows in which it was listening. */
    public static final String TAP = "tap";

    /** What the tap itself has counted, in the same windows. */
    public static final String SEEN = "seen";

    /** What the ledger has in the same windows: what {@link #TAP} is compared with. */
    public static final String TAPPED_LEDGER = "tapped_ledger";

    /** Publishes that the servers counted and refused. */
    public static final String REFUSED = "refused";

    /** What was booked as adjustments. */
    public static final String ADJUSTED = "adjusted";

    public static final String MESSAGES = "_messages";
    public static final String BYTES = "_bytes";

    /** Windows compared. */
    public static final String WINDOWS = "windows";

    /** Up to when everything has been compared (epoch ms). */
    public static final String SETTLED_THROUGH = "settled_through";

    private ReconciledFields() {}
}
