package ai.artcafe.tracker.status;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the platform's status is written to DynamoDB; one tracker at a time does it. */
@ConfigMapping(prefix = "artcafe.status.rollup")
public interface StatusRollupConfig {

    /** How often it is looked for hours that are due, and agents are counted. */
    @WithDefault("15s")
    Duration interval();

    /** How long hours are kept. */
    @WithDefault("30d")
    Duration hourLife();

    /** How long days are kept: 13 months. */
    @WithDefault("400d")
    Duration dayLife();
}
