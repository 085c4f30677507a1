package ai.artcafe.metrics.anomaly;

import ai.artcafe.metrics.store.LiveInsights;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** How it stands with the tenants' anomalies right now. */
@ApplicationScoped
public class AnomalySummaries {

    private final LiveInsights live;

    AnomalySummaries(LiveInsights live) {
        this.live = live;
    }

    /**
     * Empty when nobody has looked in the last minutes: the tenant is silent for a day, or the
     * trackers are away. For enterprise tenants only.
     *
     * @throws ai.artcafe.runtime.store.StoreAwayException when Redis is away
     */
    public Optional<AnomalySummary> of(TenantId tenant) {
        return live.anomalies(tenant).map(AnomalySummary::of);
    }
}
