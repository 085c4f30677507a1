package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * What is new of one tenant.
 *
 * @param at the time under which it is booked: decides the hour, the day and the month
 */
public record TenantBatch(
        TenantId tenant, Instant at, List<Observed> readings, List<ControlCount> control) {

    public TenantBatch {
        readings = List.copyOf(readings);
        control = List.copyOf(control);
    }
}
