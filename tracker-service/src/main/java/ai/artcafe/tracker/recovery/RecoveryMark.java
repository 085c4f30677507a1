package ai.artcafe.tracker.recovery;

import ai.artcafe.model.usage.ReadingSource;
import java.time.Instant;
import java.util.Map;

/**
 * Whether Redis holds the ledger of all tenants: set once it does, and gone with everything else
 * when Redis is emptied.
 *
 * <p>Blocking; all methods throw {@link ai.artcafe.tracker.ledger.LedgerUnavailableException} when
 * Redis does not answer.
 */
public interface RecoveryMark {

    boolean isSet();

    /** Puts back up to when each source had been read, where Redis does not know it. */
    void putBack(Map<ReadingSource, Instant> through);

    void set();
}
