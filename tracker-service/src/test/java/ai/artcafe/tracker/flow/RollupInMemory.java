package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stores of the flow as maps, which hold what the real ones hold. */
final class RollupInMemory implements FlowDue, FlowShares, FlowArchive, TapTimes {

    private final Map<DueSpan, Instant> due = new HashMap<>();
    private final Map<DueSpan, Map<String, byte[]>> shares = new HashMap<>();
    private final Map<DueSpan, byte[]> archive = new HashMap<>();

    private boolean isAway;

    /** Has the archive answer, or not. */
    synchronized void archiveIsAway(boolean away) {
        isAway = away;
    }

    private void requireArchive() {
        if (isAway) {
            throw new StoreAwayException(StoreOutages.DYNAMODB, new IllegalStateException());
        }
    }

    synchronized void share(String tracker, DueSpan minute, Flow flow) {
        shares.computeIfAbsent(minute, _ -> new HashMap<>()).put(tracker, flow.toBytes());
    }

    synchronized Map<DueSpan, FlowSketches> written() {
        Map<DueSpan, FlowSketches> written = new HashMap<>();
        archive.forEach((span, bytes) -> written.put(span, FlowSketches.of(bytes)));
        return written;
    }

    @Override
    public synchronized List<Entry> due(Instant now, int atMost) {
        return due.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Entry::at))
                .limit(atMost)
                .toList();
    }

    @Override
    public synchronized void add(DueSpan span, Instant at) {
        due.merge(span, at, (one, other) -> one.isAfter(other) ? one : other);
    }

    @Override
    public synchronized void again(Entry entry, Instant at) {
        due.replace(entry.span(), entry.at(), at);
    }

    @Override
    public synchronized void done(Entry entry) {
        due.remove(entry.span(), entry.at());
    }

    @Override
    public synchronized Shares minute(TenantId tenant, Instant minute) {
        DueSpan span = new DueSpan(tenant, FlowSpan.MINUTE, minute);
        List<Flow> flows =
                shares.getOrDefault(span, Map.of()).values().stream().map(Flow::of).toList();
        return new Shares(flows, 0, Map.of(), Map.of());
    }

    @Override
    public synchronized void write(
            DueSpan span, FlowSketches sketches, Instant expiresAt, Instant now) {
        requireArchive();
        byte[] before = archive.get(span);
        if (before == null || FlowSketches.of(before).progress() < sketches.progress()) {
            archive.put(span, sketches.toBytes());
        }
    }

    @Override
    public synchronized FlowSketches parts(DueSpan whole) {
        requireArchive();
        FlowSketches merged = new FlowSketches();
        archive.keySet().stream()
                .filter(part -> part.parent().filter(whole::equals).isPresent())
                .sorted(DueSpan.BY_START)
                .forEach(part -> merged.merge(FlowSketches.of(archive.get(part))));
        return merged;
    }

    @Override
    public Optional<Instant> toldThrough() {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> through() {
        return Optional.empty();
    }

    @Override
    public void listened(Instant through) {
        throw new AssertionError("no tap was told of");
    }

    @Override
    public void outage(Instant from, Instant to) {
        throw new AssertionError("no tap was told of");
    }
}
