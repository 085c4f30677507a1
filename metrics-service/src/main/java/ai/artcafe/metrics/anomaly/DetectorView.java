package ai.artcafe.metrics.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.WarmUp;

/**
 * How far a detector has come to know what is usual.
 *
 * @param ready until then it finds nothing
 * @param knownMinutes how much of the past it knows
 * @param neededMinutes how much it takes
 */
public record DetectorView(AnomalyType type, boolean ready, long knownMinutes, long neededMinutes) {

    static DetectorView of(WarmUp warmUp) {
        return new DetectorView(
                warmUp.type(), warmUp.ready(), warmUp.knownMinutes(), warmUp.neededMinutes());
    }
}
