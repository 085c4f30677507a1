package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.usage.ReadingSource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The totals of all tenants and the positions they were derived from. Everything here may be
 * repeated, and done by several trackers at once, without changing a total.
 *
 * <p>Blocking; every method throws {@link LedgerUnavailableException} when the store does not
 * answer. Whether the store has taken the call in is then unknown, so it is made again.
 */
public interface Ledger {

    /**
     * To whom each connection of a NATS server belongs for good: the owner that was pinned first,
     * by whichever tracker.
     *
     * @param seen by connection id ({@code cid}), the owner that this tracker has seen
     */
    Map<Long, ConnectionOwner.Agent> pin(String serverId, Map<Long, ConnectionOwner.Agent> seen);

    /** The owners of those connections that were ever pinned. */
    Map<Long, ConnectionOwner.Agent> pinned(String serverId, Collection<Long> connections);

    /**
     * Applies each batch atomically: for every counter {@code max(0, seen − last)} is added to the
     * totals and {@code last} becomes what was seen.
     *
     * @return what became of each batch that was applied; a batch that is missing was not, and must
     *     be offered again
     */
    List<Applied> apply(Collection<TenantBatch> batches);

    /**
     * Records up to when a source has been read; never moves backwards. Refused while not all
     * tenants are back that the store has lost.
     */
    void readThrough(Map<ReadingSource, Instant> through);

    /** Up to when each live source has been read, by {@link ReadingSource#key()}. */
    Map<String, Instant> sources();

    /**
     * Takes a source that is gone off the list. Connections of it that are still open are counted
     * as open no longer, and their tenant has a gap from when the source had been read until now;
     * should the source come back, readings from after that open them again, and the gap is marked.
     *
     * @param sourceKey {@link ReadingSource#key()}
     * @param at when it was first missed
     */
    void leave(String sourceKey, Instant at);

    /**
     * Forgets connections that closed so long ago that no reading of them can come any more, whose
     * readings from before then are refused from now on, and what is remembered of sources that are
     * long gone.
     */
    void settle(Instant at);
}
