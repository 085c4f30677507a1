package ai.artcafe.tracker;

import ai.artcafe.tracker.anomaly.AnomalyService;
import ai.artcafe.tracker.anomaly.AnomalyWatch;
import ai.artcafe.tracker.flow.FlowRollup;
import ai.artcafe.tracker.flow.FlowRollupConfig;
import ai.artcafe.tracker.forecast.ForecastRound;
import ai.artcafe.tracker.telemetry.TrackerMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** What is made of the flow once it is in Redis: rollups, anomalies, forecasts. */
@Startup
@ApplicationScoped
class FlowService {

    private static final Duration ANOMALIES = Duration.ofSeconds(1);
    private static final Duration FORECASTS = Duration.ofSeconds(1);

    private final AnomalyWatch anomalies;
    private final List<Cadence> cadences;

    @Inject
    FlowService(
            FlowRollup rollup,
            FlowRollupConfig config,
            AnomalyService anomalies,
            ForecastRound forecasts,
            TrackerMetrics metrics) {
        this.anomalies = anomalies.watch();
        metrics.bind(rollup.counts());
        metrics.bind(this.anomalies);
        metrics.bind(forecasts);
        this.cadences =
                List.of(
                        Cadence.every(config.interval(), "flow-rollup", rollup::run),
                        Cadence.every(ANOMALIES, "anomalies", this.anomalies::tend),
                        Cadence.every(FORECASTS, "forecasts", forecasts::run));
    }

    void stop(@Observes ShutdownEvent event) {
        cadences.forEach(Cadence::close);
        anomalies.flush();
    }
}
