package ai.artcafe.runtime.status;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.Distribution;

/** Sketches of both. */
final class Sketches {

    private Sketches() {}

    static Distribution sum(Distribution one, Distribution other) {
        Distribution sum = new Distribution();
        sum.merge(one);
        sum.merge(other);
        return sum;
    }

    static DistinctItems union(DistinctItems one, DistinctItems other) {
        DistinctItems union = new DistinctItems();
        union.merge(one);
        union.merge(other);
        return union;
    }
}
