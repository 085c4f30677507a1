package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * That so much in all is missing in, or too much on, a tenant's published messages for one cause.
 * The ledger books the difference to what it has booked for that cause before, so that a claim may
 * be repeated, and made by several trackers.
 *
 * @param cause unique within the tenant: {@code w:<window>} for a window of the reconciliation,
 *     {@code g:<gateway id>} for a lost gateway, {@code c:<correction id>} for a correction
 * @param amount in all, so far; what was claimed before is part of it
 * @param strike whether the agent has a strike when anything is booked
 */
public record Claim(
        String cause,
        Adjustment.Reason reason,
        Attribution agent,
        Traffic amount,
        Instant from,
        Instant to,
        Optional<String> period,
        Map<String, String> evidence,
        boolean strike) {

    public Claim {
        evidence = Map.copyOf(evidence);
    }
}
