package ai.artcafe.tracker.flow;

import java.time.Instant;
import java.util.List;

/**
 * The spans that are to be rolled up, the most overdue first. Blocking; methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when the store does not answer.
 */
public interface FlowDue {

    /**
     * An entry as it was read.
     *
     * @param at when it became due
     */
    record Entry(DueSpan span, Instant at) {}

    /** Those that are due, at most so many; what is no entry is thrown out. */
    List<Entry> due(Instant now, int atMost);

    /** Has the span looked at then, or later if that is how it is already. */
    void add(DueSpan span, Instant at);

    /** Puts it off, unless it has been put off meanwhile. */
    void again(Entry entry, Instant at);

    /** Takes it out, unless it has been put off meanwhile. */
    void done(Entry entry);
}
