package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.FlowSketches;
import java.time.Instant;

/**
 * Where spans are kept that are rolled up. Blocking; methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when the store does not answer.
 */
public interface FlowArchive {

    /**
     * Writes the span's sketches and then its numbers, each only where nothing as new is there.
     *
     * @param expiresAt when it may be deleted
     * @param now what it says of when it was written
     */
    void write(DueSpan span, FlowSketches sketches, Instant expiresAt, Instant now);

    /** The merge of those parts of a longer span that are there; nothing when none is. */
    FlowSketches parts(DueSpan whole);
}
