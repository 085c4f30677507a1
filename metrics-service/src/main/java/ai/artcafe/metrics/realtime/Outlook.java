package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.anomaly.AnomalySummaries;
import ai.artcafe.metrics.anomaly.AnomalySummary;
import ai.artcafe.metrics.forecast.Forecasts;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.runtime.store.TenantRecord;
import java.util.Optional;

/**
 * What is odd right now, and what is to come; left out where the tier does not show it or nobody
 * has looked.
 */
public record Outlook(Optional<AnomalySummary> anomalies, Optional<Forecast> forecast) {

    static Outlook of(TenantRecord tenant, AnomalySummaries anomalies, Forecasts forecasts) {
        return new Outlook(
                Feature.ANOMALIES.isIn(tenant.tier())
                        ? anomalies.of(tenant.tenantId())
                        : Optional.empty(),
                Feature.FORECAST.isIn(tenant.tier())
                        ? forecasts.of(tenant.tenantId())
                        : Optional.empty());
    }
}
