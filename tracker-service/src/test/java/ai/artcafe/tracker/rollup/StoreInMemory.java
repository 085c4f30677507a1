package ai.artcafe.tracker.rollup;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store and its journals in memory; can crash before any write. Thread-safe. */
final class StoreInMemory implements UsageStore, UsageJournal {

    private record Head(long number, List<UsageItem> items) {}

    private final Map<String, UsageItem> items = new HashMap<>();
    private final Map<TenantId, Head> journals = new HashMap<>();
    private long writesLeft = Long.MAX_VALUE;
    private int replays;

    /** Lets so many more writes through, and then none. */
    synchronized void failAfter(long writes) {
        writesLeft = writes;
    }

    /** Lets all writes through. */
    synchronized void mend() {
        writesLeft = Long.MAX_VALUE;
    }

    synchronized int replays() {
        return replays;
    }

    synchronized Optional<UsageItem> item(String partition, String sortKey) {
        return Optional.ofNullable(items.get(partition + "|" + sortKey));
    }

    /** What it says that the tenant has published, and what its agent has. */
    synchronized List<Long> published(TenantId tenant) {
        return List.of(
                published(UsageKeys.tenant(tenant), UsageKeys.LEDGER),
                published(UsageKeys.tenant(tenant), UsageKeys.total(LedgerUnderFlush.AGENT)));
    }

    private long published(String partition, String sortKey) {
        return item(partition, sortKey)
                .map(item -> item.numbers().get(UsageFields.PUBLISHED))
                .orElse(0L);
    }

    @Override
    public synchronized void write(List<UsageItem> written, Instant at) {
        for (UsageItem item : written) {
            spend();
            items.merge(
                    item.partition() + "|" + item.sortKey(),
                    item,
                    (held, next) -> held.progress() < next.progress() ? next : held);
        }
    }

    @Override
    public synchronized long complete(TenantId tenant) {
        Head head = journals.get(tenant);
        if (head == null) {
            return 0;
        }
        long done =
                item(UsageKeys.tenant(tenant), UsageKeys.LEDGER)
                        .map(UsageItem::progress)
                        .orElse(0L);
        if (!head.items.isEmpty() && done < head.number) {
            replays++;
            write(head.items, Instant.EPOCH);
        }
        return head.number;
    }

    @Override
    public synchronized boolean begin(
            TenantId tenant, long number, List<UsageItem> next, Instant at) {
        spend();
        Head head = journals.get(tenant);
        if ((head == null ? 0 : head.number) != number - 1) {
            return false;
        }
        journals.put(tenant, new Head(number, List.copyOf(next)));
        return true;
    }

    @Override
    public synchronized void seal(TenantId tenant, Instant at) {
        begin(tenant, complete(tenant) + 1, List.of(), at);
    }

    private void spend() {
        if (writesLeft-- <= 0) {
            throw new UsageStoreException("away", new IllegalStateException());
        }
    }
}
