package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was rolled up before. Blocking; methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when the store does not answer.
 */
public interface FlowHistory {

    /**
     * The numbers of the spans that begin in [from, to), in the order of time; silent ones are left
     * out.
     */
    List<FlowPoint> points(TenantId tenant, FlowSpan span, Instant from, Instant to);

    /** The sketches of the span that begins then. */
    Optional<Flow> flow(TenantId tenant, FlowSpan span, Instant start);
}
