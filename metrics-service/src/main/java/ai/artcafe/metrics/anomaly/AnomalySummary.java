package ai.artcafe.metrics.anomaly;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.anomaly.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How it stands with a tenant's anomalies right now.
 *
 * @param judgedThrough everything up to then has been looked at
 * @param open how many last
 * @param worst of them; left out when there is none
 * @param latest those that last, the worst first, ten at most
 * @param detectors how far each has come
 */
public record AnomalySummary(
        Instant judgedThrough,
        int open,
        Optional<Severity> worst,
        List<AnomalyView> latest,
        List<DetectorView> detectors) {

    public static AnomalySummary of(AnomalyState state) {
        return new AnomalySummary(
                state.judgedThrough(),
                state.openCount(),
                state.open().stream().findFirst().map(Anomaly::severity),
                state.open().stream().map(AnomalyView::of).toList(),
                state.detectors().stream().map(DetectorView::of).toList());
    }
}
