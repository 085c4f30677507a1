package ai.artcafe.gateway.sharing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What gateways tell each other of limits and ids. */
@ConfigMapping(prefix = "artcafe.gateway.sharing")
interface SharingConfig {

    /**
     * How often a gateway tells the others what its sockets have used of their limits, and which
     * ids were published. As long a retry elsewhere can count twice.
     */
    @WithDefault("100ms")
    Duration every();

    /** Bytes in one message, at most; NATS takes 1 MiB. */
    @WithDefault("524288")
    int messageBytes();

    /** Ids that wait to be told; beyond it the oldest are dropped, counted. */
    @WithDefault("50000")
    int ids();
}
