package ai.artcafe.tracker.ledger.store;

import ai.artcafe.tracker.ledger.TenantBatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The batches that were applied last: what a Redis that loses its last second has to be told again.
 * Thread-safe.
 */
final class RecentBatches {

    /** Redis writes its log through every second. */
    private static final Duration MEMORY = Duration.ofSeconds(10);

    /** Readings and counts that are remembered at most; beyond, the oldest go. */
    private static final int CAPACITY = 500_000;

    private record Remembered(long nanos, TenantBatch batch) {}

    private final Deque<Remembered> batches = new ArrayDeque<>(); // guarded by this
    private int size; // guarded by this

    synchronized void add(TenantBatch batch) {
        batches.addLast(new Remembered(System.nanoTime(), batch));
        size += size(batch);
        while (size > CAPACITY) {
            forgetOldest();
        }
    }

    synchronized List<TenantBatch> all() {
        return batches.stream().map(Remembered::batch).toList();
    }

    /** Redis still has everything: what is old is safe. */
    synchronized void confirmed() {
        long oldest = System.nanoTime() - MEMORY.toNanos();
        while (!batches.isEmpty() && batches.getFirst().nanos - oldest < 0) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        size -= size(batches.removeFirst().batch);
    }

    private static int size(TenantBatch batch) {
        return batch.readings().size() + batch.control().size() + 1;
    }
}
