package ai.artcafe.metrics.reconciliation;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was added to the tenant's published messages, or taken off.
 *
 * @param agentId to whom it is charged: an agent, {@code @unattributed} or {@code @gateway-<id>}
 * @param amount negative when it takes off
 * @param bookedAt in whose hour, day and month it counts
 * @param from the beginning of what it is about
 * @param to its end
 * @param period the billing period that it belongs to, when that was closed already
 * @param evidence what it rests on
 */
public record AdjustmentView(
        String id,
        Adjustment.Reason reason,
        Attribution agentId,
        Traffic amount,
        Instant bookedAt,
        Instant from,
        Instant to,
        Optional<String> period,
        Map<String, String> evidence) {

    public static AdjustmentView of(Adjustment adjustment) {
        return new AdjustmentView(
                adjustment.id(),
                adjustment.reason(),
                adjustment.agent(),
                adjustment.amount(),
                adjustment.bookedAt(),
                adjustment.from(),
                adjustment.to(),
                adjustment.period(),
                adjustment.evidence());
    }
}
