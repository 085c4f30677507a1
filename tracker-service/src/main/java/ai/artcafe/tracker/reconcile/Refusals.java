package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;

/** Hears of publishes that NATS servers counted and refused. */
@FunctionalInterface
public interface Refusals {

    /**
     * So many of a tenant's were refused since the last time, in a window of which the witnesses
     * spoke as of one moment.
     *
     * @param at when the window ended
     */
    void refused(TenantId tenant, Instant at, long messages);
}
