package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.identity.TenantId;

/** Where it is shown how it stands with the tenants' anomalies. Blocking; never fails. */
public interface StateBoard {

    void show(TenantId tenant, AnomalyState state);

    /** The tenant is not looked at any more. */
    void remove(TenantId tenant);
}
