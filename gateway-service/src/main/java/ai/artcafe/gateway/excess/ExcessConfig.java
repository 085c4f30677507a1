package ai.artcafe.gateway.excess;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How agents are treated that are over a limit at the NATS door. */
@ConfigMapping(prefix = "artcafe.gateway.excess")
public interface ExcessConfig {

    /** For how long an agent is refused that was cut off; each further time for twice as long. */
    @WithDefault("5s")
    Duration firstBackOff();

    /** The longest that it is refused. */
    @WithDefault("15m")
    Duration longestBackOff();

    /** How long after the last back-off an agent has to be quiet to begin anew. */
    @WithDefault("10m")
    Duration forgottenAfter();
}
