package ai.artcafe.tracker.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger is compared with the other witnesses. */
@ConfigMapping(prefix = "artcafe.reconcile")
public interface ReconcileConfig {

    /** How often; one tracker at a time does it. */
    @WithDefault("10s")
    Duration interval();

    /**
     * How long after the servers were asked they are asked again, and their connections are read:
     * longer than a server takes for one buffer of a client's messages, which it counts when it is
     * through with it.
     */
    @WithDefault("100ms")
    Duration settle();

    /** How often a tenant is looked at in a round until nothing of it moves meanwhile. */
    @WithDefault("2")
    int attempts();

    /** After how long a window ends though something always moves. */
    @WithDefault("5m")
    Duration windowLimit();

    /**
     * How long a gateway's readings may come after what its own connection has carried, before what
     * they are missing counts as lost with the gateway.
     */
    @WithDefault("30s")
    Duration gatewayPatience();

    /** How many rounds with something hidden by it disable an agent; none does when 0. */
    @WithDefault("3")
    int strikes();

    /** How long findings are kept. */
    @WithDefault("30d")
    Duration findingLife();
}
