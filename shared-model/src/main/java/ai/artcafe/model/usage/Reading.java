package ai.artcafe.model.usage;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;

/**
 * The cumulative counters of one connection at one moment. Readings may be repeated, reordered or
 * applied by several trackers: the totals stay the same.
 *
 * @param connection which connection
 * @param tenant to whom it is charged
 * @param agent the tenant's agent behind it; for a gateway's own connection, which is a witness and
 *     not billed, that gateway
 * @param openedAt when it was opened
 * @param counters all it has carried so far
 * @param last whether the connection is closed, so that no later reading can follow
 */
public record Reading(
        ConnectionKey connection,
        TenantId tenant,
        Attribution agent,
        Instant openedAt,
        Counters counters,
        boolean last) {}
