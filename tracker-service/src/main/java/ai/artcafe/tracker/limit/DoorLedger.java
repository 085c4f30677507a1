package ai.artcafe.tracker.limit;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.TenantBatch;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The ledger, which shows the watch over limits what it has taken in. It waits for nothing. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION + 1)
public class DoorLedger implements Ledger {

    private final Ledger ledger;
    private final LimitWatch watch;

    @Inject
    public DoorLedger(@Delegate @Any Ledger ledger, LimitWatch watch) {
        this.ledger = ledger;
        this.watch = watch;
    }

    @Override
    public List<Applied> apply(Collection<TenantBatch> batches) {
        List<Applied> applied = ledger.apply(batches);
        watch.take(applied);
        return applied;
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
