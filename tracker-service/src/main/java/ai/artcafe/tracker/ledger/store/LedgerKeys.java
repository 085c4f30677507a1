package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;

/** Keys that only the trackers use, beside those of {@link ai.artcafe.model.key.RedisKeys}. */
final class LedgerKeys {

    private LedgerKeys() {}

    /**
     * Hash: {@code revision}, the score of the tenant's latest dirty mark, and {@code
     * settled:<source key>}, up to when (epoch ms) positions of closed connections of that source
     * have been dropped.
     */
    static String meta(TenantId tenant) {
        return "ledger:meta:" + tag(tenant);
    }

    /** Sorted set of the connections that are closed, scored by when that was booked (epoch ms). */
    static String closed(TenantId tenant) {
        return "ledger:closed:" + tag(tenant);
    }

    /** Hash {@code control counter → <messages> <bytes>} moved so far. */
    static String control(TenantId tenant) {
        return "ledger:control:" + tag(tenant);
    }

    private static String tag(TenantId tenant) {
        return "{" + tenant + "}";
    }
}
