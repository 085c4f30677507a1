package ai.artcafe.tracker.rollup;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.tracker.ledger.LedgerExport;
import ai.artcafe.tracker.ledger.LedgerState;
import ai.artcafe.tracker.ledger.Totals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger of one agent's total for each tenant, in memory. Thread-safe. */
final class LedgerUnderFlush implements LedgerExport {

    static final AgentId AGENT = new AgentId("agent");

    private final Map<TenantId, Long> totals = new LinkedHashMap<>();
    private final Map<TenantId, Long> marks = new LinkedHashMap<>();
    private final List<Runnable> afterCut = new ArrayList<>();
    private long revision;

    /** Books one message more. */
    synchronized void book(TenantId tenant) {
        totals.merge(tenant, 1L, Long::sum);
        marks.put(tenant, ++revision);
    }

    synchronized long total(TenantId tenant) {
        return totals.getOrDefault(tenant, 0L);
    }

    /** Does something between the next cut and what is done with it. */
    synchronized void afterNextCut(Runnable meanwhile) {
        afterCut.add(meanwhile);
    }

    @Override
    public synchronized List<TenantId> dirtyTenants() {
        return List.copyOf(marks.keySet());
    }

    @Override
    public Optional<LedgerState> cut(TenantId tenant) {
        Optional<LedgerState> cut;
        List<Runnable> meanwhile;
        synchronized (this) {
            cut = Optional.ofNullable(marks.get(tenant)).map(at -> state(tenant, at));
            meanwhile = List.copyOf(afterCut);
            afterCut.clear();
        }
        meanwhile.forEach(Runnable::run);
        return cut;
    }

    private LedgerState state(TenantId tenant, long at) {
        String total = Long.toString(total(tenant));
        Map<String, String> fields =
                Map.of(UsageFields.PUBLISHED, total, UsageFields.PROGRESS, total);
        return new LedgerState(
                tenant,
                at,
                Map.of("revision", Long.toString(at)),
                List.of(
                        new Totals(Optional.empty(), Optional.empty(), fields),
                        new Totals(Optional.of(AGENT), Optional.empty(), fields)),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    @Override
    public synchronized void written(TenantId tenant, long upTo) {
        marks.computeIfPresent(tenant, (_, at) -> at <= upTo ? null : at);
    }

    @Override
    public void restore(TenantId tenant) {
        throw new UnsupportedOperationException();
    }
}
