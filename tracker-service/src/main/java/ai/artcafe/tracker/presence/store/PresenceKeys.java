package ai.artcafe.tracker.presence.store;

import ai.artcafe.model.identity.TenantId;

/** Keys that only the trackers use. */
final class PresenceKeys {

    /** Sorted set of tenants with agents, by when the next has to be looked at (epoch ms). */
    static final String TENANTS = "presence:tenants";

    /** Set of tenants with changes that are not in the history yet. */
    static final String CHANGED = "presence:changed";

    /** There when all tenants have been compared with the ledger since Redis was emptied. */
    static final String COMPLETE = "presence:complete";

    private PresenceKeys() {}

    /** Sorted set of agents by when they have to be looked at (epoch ms). */
    static String due(TenantId tenant) {
        return "presence:due:{" + tenant + "}";
    }

    /**
     * Hash: {@code at}, the latest time of an evaluation; {@code n}, the number of changes; {@code
     * kept} and {@code kept_n}, up to which of them they are in the history.
     */
    static String meta(TenantId tenant) {
        return "presence:meta:{" + tenant + "}";
    }
}
