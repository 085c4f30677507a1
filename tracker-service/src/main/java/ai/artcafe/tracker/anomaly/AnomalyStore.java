package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Where anomalies are kept, by tenant. Blocking; methods throw {@link
 * ai.artcafe.tracker.reconcile.StoreUnavailableException} when it may not have been done.
 */
public interface AnomalyStore {

    /**
     * Keeps an anomaly, in the place of what was kept under its id and start.
     *
     * @param life for how long after its end, or its start while it lasts
     */
    void keep(Anomaly anomaly, Duration life);

    /** Those that began since then and have no end. */
    List<Anomaly> open(TenantId tenant, Instant since);
}
