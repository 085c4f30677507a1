package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.model.identity.Attribution;
import java.util.List;
import java.util.Optional;

/**
 * What a file is known to be, having been made once.
 *
 * @param bytes how long it is
 * @param sha256 of all of it, in hexadecimal
 * @param checkpoints where one may begin in the middle, in their order
 */
record Layout(long rows, long bytes, String sha256, Amount totals, List<Checkpoint> checkpoints) {

    Layout {
        checkpoints = List.copyOf(checkpoints);
    }

    /**
     * A place in it between two owners.
     *
     * @param offset bytes before it
     * @param after the owner before it
     */
    record Checkpoint(long offset, Optional<Attribution> after) {

        static final Checkpoint BEGINNING = new Checkpoint(0, Optional.empty());
    }

    /** The last place at or before the byte. */
    Checkpoint before(long offset) {
        Checkpoint best = Checkpoint.BEGINNING;
        for (Checkpoint each : checkpoints) {
            if (each.offset() > offset) {
                break;
            }
            best = each;
        }
        return best;
    }
}
