package ai.artcafe.metrics.store;

/**
 * A tenant right now.
 *
 * @param today what is booked today (UTC)
 * @param recent the last seconds
 * @param reconciled what the witnesses have said today (UTC)
 * @param activeClients agents with at least one open connection
 */
public record LiveTenant(
        Booked today, RecentSeconds recent, Reconciled reconciled, long activeClients) {}
