package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * That so much in all is missing in, or too much on, a tenant's published messages for one cause.
 * The ledger books the difference to what it has booked for that cause before, so that a claim may
 * be repeated, and made by several trackers. What takes off more than the tenant has published in
 * the month or in all, or the agent in all, is not booked, and may be claimed again later.
 *
 * @param cause unique within the tenant, letters, digits and {@code :.-}: {@code w:<window>:…} for
 *     a window of the reconciliation, and only while it is the current one; {@code g:<gateway id>}
 *     for a lost gateway, {@code c:<correction id>} for a correction
 * @param amount in all, so far; what was claimed before is part of it
 * @param strike whether the agent has a strike when anything is booked; one for each cause
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

    private static final Pattern CAUSE = Pattern.compile("[wgc]:[A-Za-z0-9:.-]{1,200}");

    public Claim {
        if (!CAUSE.matcher(cause).matches()) {
            throw new IllegalArgumentException("cause is not valid: " + cause);
        }
        evidence = Map.copyOf(evidence);
    }
}
