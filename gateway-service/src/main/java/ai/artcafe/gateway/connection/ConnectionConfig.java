package ai.artcafe.gateway.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who is connected where, and how connections are ended. */
@ConfigMapping(prefix = "artcafe.gateway.connections")
public interface ConnectionConfig {

    /** How often it is looked for agents that were revoked and are connected still. */
    @WithDefault("1s")
    Duration sweepEvery();

    /**
     * How long after a cut-off the NATS door is searched again, for those who were just connecting:
     * above the server's {@code authorization} timeout.
     */
    @WithDefault("6s")
    Duration lookAgain();

    /** Cut-offs of the NATS door that may wait; more are given up, counted. */
    @WithDefault("10000")
    int pendingCutOffs();
}
