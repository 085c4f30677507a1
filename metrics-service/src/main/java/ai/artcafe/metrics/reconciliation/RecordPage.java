package ai.artcafe.metrics.reconciliation;

import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import java.util.List;
import java.util.Optional;

/**
 * A page of what was booked and recorded.
 *
 * @param nextCursor where both lists go on; absent at the end
 */
record RecordPage(List<Adjustment> adjustments, List<Gap> gaps, Optional<String> nextCursor) {

    RecordPage {
        adjustments = List.copyOf(adjustments);
        gaps = List.copyOf(gaps);
    }
}
