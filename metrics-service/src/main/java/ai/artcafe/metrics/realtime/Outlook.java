package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.anomaly.AnomalySummary;
import ai.artcafe.model.forecast.Forecast;
import java.util.Optional;

/**
 * What is odd right now, and what is to come; left out where the tier does not show it or nobody
 * has looked.
 */
public record Outlook(Optional<AnomalySummary> anomalies, Optional<Forecast> forecast) {}
