package ai.artcafe.tracker.rollup;

import java.time.Instant;
import java.util.List;

/** Where usage items are kept. */
public interface UsageStore {

    /**
     * Writes the items, each only where nothing as new is there, the last one after all the others.
     * Blocking; takes as long as the pace allows.
     *
     * @param at what they say of when they were written
     * @throws UsageStoreException when the store is away or throttles; any of the items may have
     *     been written then
     */
    void write(List<UsageItem> items, Instant at);
}
