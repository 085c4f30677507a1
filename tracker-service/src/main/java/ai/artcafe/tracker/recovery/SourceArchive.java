package ai.artcafe.tracker.recovery;

import ai.artcafe.model.usage.ReadingSource;
import java.time.Instant;
import java.util.Map;

/**
 * Up to when each source of readings had been read, kept where a lost Redis is brought back from.
 *
 * <p>Blocking; both methods throw {@link ai.artcafe.tracker.ledger.LedgerUnavailableException} when
 * the store does not answer.
 */
public interface SourceArchive {

    /** What was saved last; nothing when nothing was. */
    Map<ReadingSource, Instant> load();

    /**
     * Replaces what was saved before.
     *
     * @param through by {@link ReadingSource#key()}
     */
    void save(Map<String, Instant> through, Instant at);
}
