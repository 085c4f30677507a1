package ai.artcafe.tracker.presence;

import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.ForwardingLedger;
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

/** The ledger, which tells presence of the connections it learns of. It waits for nothing. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION)
public class WatchedLedger extends ForwardingLedger {

    private final Presence presence;

    @Inject
    public WatchedLedger(@Delegate @Any Ledger ledger, Presence presence) {
        super(ledger);
        this.presence = presence;
    }

    @Override
    public List<Applied> apply(Collection<TenantBatch> batches) {
        List<Applied> applied = super.apply(batches);
        presence.applied(applied);
        return applied;
    }

    @Override
    public void leave(String sourceKey, Instant at) {
        super.leave(sourceKey, at);
        presence.sourceLeft();
    }
}
