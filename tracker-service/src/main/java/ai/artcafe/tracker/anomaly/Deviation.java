package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;

/**
 * A minute that is out of the ordinary, as one detector sees it.
 *
 * @param observed in the dimension's unit
 * @param explanation one sentence without its end, to which the culprit is added
 */
record Deviation(
        AnomalyType type,
        Dimension dimension,
        Direction direction,
        Severity severity,
        double observed,
        Band expected,
        String explanation) {

    /** What there is one open anomaly of at most. */
    Kind kind() {
        return new Kind(type, dimension);
    }

    /** Of which a tenant has one open anomaly at most. */
    record Kind(AnomalyType type, Dimension dimension) {}

    /** Whether this is farther from what was expected than the other is from its own. */
    boolean isWorseThan(double otherObserved, Band otherExpected) {
        return expected.distance(observed) > otherExpected.distance(otherObserved);
    }
}
