package ai.artcafe.tracker.ledger;

import ai.artcafe.model.usage.Traffic;
import java.util.Map;

/**
 * A batch that is in the ledger.
 *
 * @param moved how much of each control count has been moved so far, by {@link
 *     ControlCount#counter()}; less than was seen when the readings that hold the rest are not in
 *     yet
 */
public record Applied(TenantBatch batch, Map<String, Traffic> moved) {

    public Applied {
        moved = Map.copyOf(moved);
    }
}
