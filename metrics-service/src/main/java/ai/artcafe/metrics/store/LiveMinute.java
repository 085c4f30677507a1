package ai.artcafe.metrics.store;

import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;

/**
 * What is told of a tenant's minute so far, all trackers' shares merged.
 *
 * @param isSeen whether any tap has told of it; none does of a silent one
 * @param agents what each published, by the ledger
 */
public record LiveMinute(
        Instant start, boolean isSeen, FlowSketches sketches, Map<Attribution, Traffic> agents) {

    public LiveMinute {
        agents = Map.copyOf(agents);
    }
}
