package ai.artcafe.gateway.quota;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;

/**
 * A tenant has reached a level of its daily quota; a CDI event, fired once a day and level on each
 * gateway that has sockets of the tenant's agents, from a thread that may be blocked.
 *
 * @param percent 80, 90 or 100
 * @param used messages published today
 * @param limit how many may be
 * @param resetsAt the next midnight, UTC
 */
public record QuotaLevelReached(
        TenantId tenant, int percent, long used, long limit, Instant resetsAt) {}
