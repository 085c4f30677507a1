package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.store.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A tenant's ledger as of one moment: all that changed since it was last written, or all that there
 * is.
 *
 * @param revision the ledger's revision at that moment
 * @param meta the ledger's own small facts, by name; always all of them
 * @param totals of the tenant and its agents
 * @param positions by connection key
 * @param control what has been moved of each control count
 * @param reconciled by the day's first instant, the fields of {@link
 *     ai.artcafe.model.key.ReconciledFields}
 */
public record LedgerState(
        TenantId tenant,
        long revision,
        Map<String, String> meta,
        List<Totals> totals,
        Map<String, Position> positions,
        Map<String, Traffic> control,
        List<Adjustment> adjustments,
        List<Gap> gaps,
        Map<Instant, Map<String, String>> reconciled) {

    public LedgerState {
        meta = Map.copyOf(meta);
        totals = List.copyOf(totals);
        positions = Map.copyOf(positions);
        control = Map.copyOf(control);
        adjustments = List.copyOf(adjustments);
        gaps = List.copyOf(gaps);
        reconciled = Map.copyOf(reconciled);
    }
}
