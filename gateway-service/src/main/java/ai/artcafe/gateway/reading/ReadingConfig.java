package ai.artcafe.gateway.reading;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the sockets' readings reach the trackers. */
@ConfigMapping(prefix = "artcafe.gateway.readings")
public interface ReadingConfig {

    /** How often they are sent. */
    @WithDefault("1s")
    Duration every();

    /** Readings in one message; up to 500 bytes each, and NATS takes 1 MiB. */
    @WithDefault("1500")
    int batchSize();

    /**
     * How long a shutdown waits for the last batch to be acknowledged; then it is left in DynamoDB,
     * where a tracker finds it.
     */
    @WithDefault("5s")
    Duration closingPatience();

    /**
     * Sockets, open or unacknowledged, above which a warning is logged: about 500 bytes of memory
     * each. Nothing is dropped above it.
     */
    @WithDefault("200000")
    int warnAbove();
}
