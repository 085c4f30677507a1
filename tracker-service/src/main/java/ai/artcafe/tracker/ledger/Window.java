package ai.artcafe.tracker.ledger;

import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;

/**
 * The end of a window of the reconciliation, which becomes the beginning of the next.
 *
 * @param number of the window that ends; the ledger takes each end once
 * @param base what the witnesses said at its end, by names of the reconciliation's own
 * @param said what is added to the day: {@link ai.artcafe.model.key.ReconciledFields} without their
 *     suffix
 * @param settledThrough up to when everything has been compared
 */
public record Window(
        long number, Map<String, String> base, Map<String, Traffic> said, Instant settledThrough) {

    public Window {
        base = Map.copyOf(base);
        said = Map.copyOf(said);
    }
}
