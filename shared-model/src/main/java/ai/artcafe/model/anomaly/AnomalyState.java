package ai.artcafe.model.anomaly;

import java.time.Instant;
import java.util.List;

/**
 * How it stands with a tenant's anomalies, as the tracker that looks for them last knew.
 *
 * @param judgedThrough everything up to then has been looked at
 * @param open those that last, the worst of them first, not more than {@value #OPEN}
 * @param openCount how many there are
 * @param detectors how far each has come
 */
public record AnomalyState(
        Instant judgedThrough, List<Anomaly> open, int openCount, List<WarmUp> detectors) {

    /** As many open ones are listed. */
    public static final int OPEN = 10;

    public AnomalyState {
        open = List.copyOf(open);
        detectors = List.copyOf(detectors);
    }
}
