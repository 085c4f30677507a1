package ai.artcafe.tracker.rollup;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One item of usage, in absolute values.
 *
 * @param numbers attributes, by the names of {@link ai.artcafe.model.key.UsageFields}
 * @param texts further attributes
 * @param progress grows with every change of the item; an item in the store with the same or more
 *     is as new or newer
 * @param expiresAt when the store may delete it; never when empty
 */
public record UsageItem(
        String partition,
        String sortKey,
        TenantId tenant,
        Map<String, Long> numbers,
        Map<String, String> texts,
        long progress,
        Optional<Instant> expiresAt) {

    public UsageItem {
        numbers = Map.copyOf(numbers);
        texts = Map.copyOf(texts);
    }
}
