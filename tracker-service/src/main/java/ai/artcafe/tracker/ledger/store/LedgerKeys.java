package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;

/** Keys that only the trackers use, beside those of {@link ai.artcafe.model.key.RedisKeys}. */
final class LedgerKeys {

    /** The tracker that does what one at a time does. */
    static final String LEASE = "ledger:lease";

    private LedgerKeys() {}

    /**
     * Hash of the ledger's own small facts:
     *
     * <ul>
     *   <li>{@code restored}: 1, else nothing is booked
     *   <li>{@code revision}: the score of the tenant's latest dirty mark
     *   <li>{@code settled:<source key>}: up to when (epoch ms) positions of closed connections of
     *       that source have been dropped
     *   <li>{@code sum:<source key>}: what agents' connections of that source have carried, six
     *       counters and when they last grew (epoch ms)
     *   <li>{@code link:<source key>/<gateway id>}: the same for a gateway's own connections there
     *   <li>{@code claim:<cause>}: {@code <messages> <bytes> <struck 0|1>} booked
     *   <li>{@code window}: number of the reconciliation's window, {@code base:<name>}: what the
     *       witnesses said when it began
     *   <li>{@code strike:<agent>}: how many it has
     * </ul>
     */
    static String meta(TenantId tenant) {
        return "ledger:meta:" + tag(tenant);
    }

    /** Sorted set of the connections that are closed or lost, scored by since when (epoch ms). */
    static String closed(TenantId tenant) {
        return "ledger:closed:" + tag(tenant);
    }

    /** Hash {@code control counter → <messages> <bytes>} moved so far. */
    static String control(TenantId tenant) {
        return "ledger:control:" + tag(tenant);
    }

    /** Sorted set of adjustment ids, scored by when they were booked (epoch ms). */
    static String adjustmentAges(TenantId tenant) {
        return "ledger:adjusted:" + tag(tenant);
    }

    /** Who brings the tenant's ledger back, for as long as that lasts. */
    static String restoring(TenantId tenant) {
        return "ledger:restoring:" + tag(tenant);
    }

    private static String tag(TenantId tenant) {
        return "{" + tenant + "}";
    }
}
