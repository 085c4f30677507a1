package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.store.Slice;
import java.time.Instant;
import java.util.List;

/**
 * The time of a row.
 *
 * @param from the first instant
 * @param to the first instant after it
 * @param settled whether nothing of it is yet to come
 * @param slices what it is the sum of
 */
record RowSpan(Instant from, Instant to, boolean settled, List<Slice> slices) {

    RowSpan {
        slices = List.copyOf(slices);
    }
}
