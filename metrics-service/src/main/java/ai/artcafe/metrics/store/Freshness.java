package ai.artcafe.metrics.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * How far the ledger has come; both are empty as long as nothing has been read.
 *
 * @param asOf the latest reading of any source
 * @param completeThrough up to when every source has been read: nothing before it is missing
 */
public record Freshness(Optional<Instant> asOf, Optional<Instant> completeThrough) {

    static Freshness of(Collection<Instant> readThrough) {
        return new Freshness(
                readThrough.stream().max(Instant::compareTo),
                readThrough.stream().min(Instant::compareTo));
    }
}
