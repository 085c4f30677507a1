package ai.artcafe.tracker.reading;

import java.time.Instant;
import java.util.Set;

/**
 * One round of the {@link LedgerFeed}.
 *
 * @param at when the servers were asked
 * @param isComplete whether everything that any NATS server had counted by then is in the ledger:
 *     each has answered, is read without a gap, and has no connection that carried something and is
 *     not attributed yet
 * @param servers the ids of those that are read
 * @param missing the ids of those that were read before, did not answer, and are not gone yet
 * @param unattributed connections so far whose traffic is not in the ledger, or not all of it,
 *     because their name cannot be trusted or their end was not seen; a window in which this grows
 *     cannot blame what is missing on anyone
 */
public record Round(
        Instant at,
        boolean isComplete,
        Set<String> servers,
        Set<String> missing,
        long unattributed) {

    public Round {
        servers = Set.copyOf(servers);
        missing = Set.copyOf(missing);
    }
}
