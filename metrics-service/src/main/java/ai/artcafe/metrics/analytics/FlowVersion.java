package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.FlowItems;
import ai.artcafe.model.flow.FlowSpan;
import java.time.Instant;

/** A state of a rolled-up span: whatever is added to it later makes it another. */
record FlowVersion(FlowSpan span, Instant start, long progress) {

    static FlowVersion of(FlowSpan span, FlowItems.Rolled rolled) {
        return new FlowVersion(span, rolled.point().start(), rolled.progress());
    }

    FlowItems.Key key() {
        return new FlowItems.Key(span, start);
    }
}
