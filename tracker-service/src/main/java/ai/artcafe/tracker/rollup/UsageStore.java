package ai.artcafe.tracker.rollup;

import java.time.Instant;
import java.util.Collection;

/** Where usage items are kept. */
public interface UsageStore {

    /**
     * Writes the items, each only where nothing as new is there. Blocking.
     *
     * @throws UsageStoreException when one of them could not be written; any of the others may have
     *     been
     */
    void write(Collection<UsageItem> items, Instant at);
}
