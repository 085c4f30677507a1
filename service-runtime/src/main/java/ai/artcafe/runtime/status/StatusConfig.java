package ai.artcafe.runtime.status;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a service tells of itself. */
@ConfigMapping(prefix = "artcafe.status")
public interface StatusConfig {

    /** How often it is reported. */
    @WithDefault("5s")
    Duration interval();

    /** How often the service looks whether it is ready. */
    @WithDefault("15s")
    Duration healthInterval();

    /** Endpoints that are told apart in a minute; what goes to others is counted together. */
    @WithDefault("200")
    int endpoints();

    /**
     * Agents whose requests are told apart in a minute; those of others are in the service's total
     * only.
     */
    @WithDefault("2000")
    int agents();

    /** Minutes that wait to be reported while that is not possible; the oldest are given up. */
    @WithDefault("60")
    int waitingMinutes();
}
