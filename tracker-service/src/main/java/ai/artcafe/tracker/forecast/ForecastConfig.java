package ai.artcafe.tracker.forecast;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Forecasts of the enterprise tenants. */
@ConfigMapping(prefix = "artcafe.forecast")
public interface ForecastConfig {

    /** How many are made a second at most. */
    @WithDefault("1")
    int perSecond();

    /** How long after the full hour they are begun: the hour has reached DynamoDB by then. */
    @WithDefault("3m")
    Duration delay();

    /** Of how many hours of history nothing is forecast yet. */
    @WithDefault("72")
    int minHistoryHours();

    /** How many hours of history are looked at. */
    @WithDefault("840")
    int maxHistoryHours();
}
