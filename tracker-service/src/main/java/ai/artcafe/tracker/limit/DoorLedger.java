package ai.artcafe.tracker.limit;

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
import java.util.Collection;
import java.util.List;

/** The ledger, which shows the watch over limits what it has taken in. It waits for nothing. */
@Decorator
@Priority(Interceptor.Priority.APPLICATION + 1)
public class DoorLedger extends ForwardingLedger {

    private final LimitWatch watch;

    @Inject
    public DoorLedger(@Delegate @Any Ledger ledger, LimitWatch watch) {
        super(ledger);
        this.watch = watch;
    }

    @Override
    public List<Applied> apply(Collection<TenantBatch> batches) {
        List<Applied> applied = super.apply(batches);
        watch.take(applied);
        return applied;
    }
}
