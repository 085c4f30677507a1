package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.BookedSlice;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.Rollups;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Adds up what is booked: periods that have not ended come from the live totals, long ended ones
 * from the rollups, and those between from whichever is newer, as rollups are up to a minute late.
 */
@ApplicationScoped
public class Ledger {

    private final LiveUsage live;
    private final Rollups rollups;

    Ledger(LiveUsage live, Rollups rollups) {
        this.live = live;
        this.rollups = rollups;
    }

    /** The sum over the slices. */
    public Booked sum(UsageOwner owner, List<Slice> slices, Instant now) {
        return sums(List.of(owner), slices, now).getOrDefault(owner, Booked.NOTHING);
    }

    /** The sum over the slices for each owner, all of one tenant. */
    Map<UsageOwner, Booked> sums(
            List<? extends UsageOwner> owners, List<Slice> slices, Instant now) {
        Map<UsageOwner, Booked> sums = new HashMap<>();
        read(
                        owners.stream()
                                .flatMap(owner ->
                                        slices.stream().map(slice -> new BookedSlice(owner, slice)))
                                .toList(),
                        now)
                .forEach((slice, part) -> sums.merge(slice.owner(), part, Booked::plus));
        return sums;
    }

    /**
     * What is booked in each of the slices, all of one tenant; those without anything are left out.
     */
    public Map<BookedSlice, Booked> read(List<BookedSlice> wanted, Instant now) {
        return read(wanted, now, live::read);
    }

    /**
     * The same, with everything that still changes as of one moment, so that parts add up to their
     * whole; for a few slices.
     */
    public Map<BookedSlice, Booked> readAtOnce(List<BookedSlice> wanted, Instant now) {
        return read(wanted, now, live::readAtOnce);
    }

    private Map<BookedSlice, Booked> read(
            List<BookedSlice> wanted,
            Instant now,
            Function<List<BookedSlice>, Map<BookedSlice, Booked>> readLive) {
        Map<BookedSlice, Booked> booked =
                new HashMap<>(
                        readLive.apply(
                                wanted.stream()
                                        .filter(slice -> slice.slice().isLive(now))
                                        .toList()));
        rollups.read(wanted.stream().filter(slice -> needsRollup(slice, now)).toList())
                .forEach((slice, rollup) -> booked.merge(slice, rollup, Booked::newest));
        return booked;
    }

    private static boolean needsRollup(BookedSlice slice, Instant now) {
        return !slice.slice().isCurrent(now) || slice.owner().liveKey(slice.slice()).isEmpty();
    }
}
