package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.usage.ReadingSource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A ledger that leaves everything to another; for those who want to know of some of it. */
public abstract class ForwardingLedger implements Ledger {

    private final Ledger ledger;

    protected ForwardingLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<Applied> apply(Collection<TenantBatch> batches) {
        return ledger.apply(batches);
    }

    @Override
    public void leave(String sourceKey, Instant at) {
        ledger.leave(sourceKey, at);
    }

    @Override
    public Map<Long, ConnectionOwner.Agent> pin(
            String serverId, Map<Long, ConnectionOwner.Agent> seen) {
        return ledger.pin(serverId, seen);
    }

    @Override
    public Map<Long, ConnectionOwner.Agent> pinned(String serverId, Collection<Long> connections) {
        return ledger.pinned(serverId, connections);
    }

    @Override
    public void readThrough(Map<ReadingSource, Instant> through) {
        ledger.readThrough(through);
    }

    @Override
    public Map<String, Instant> sources() {
        return ledger.sources();
    }

    @Override
    public void settle(Instant at) {
        ledger.settle(at);
    }
}
