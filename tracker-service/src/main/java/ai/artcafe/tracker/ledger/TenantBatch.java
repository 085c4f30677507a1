package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * What is new of one tenant.
 *
 * @param at now; a reading from an earlier hour is booked in that hour, as long as its month takes
 *     it in
 */
public record TenantBatch(
        TenantId tenant, Instant at, List<Observed> readings, List<ControlCount> control) {

    public TenantBatch {
        readings = List.copyOf(readings);
        control = List.copyOf(control);
    }
}
