package ai.artcafe.tracker.tap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the tap is read. */
@ConfigMapping(prefix = "artcafe.tap")
public interface TapConfig {

    /** How much time one window covers. */
    @WithDefault("250ms")
    Duration window();

    /** Over how many dispatchers, a thread each, the slots are spread. */
    @WithDefault("1")
    int dispatchers();

    /** Messages that may wait in a dispatcher; those beyond are dropped and counted. */
    @WithDefault("1000000")
    int maxPendingMessages();

    /** Bytes that may wait in a dispatcher; messages beyond are dropped and counted. */
    @WithDefault("268435456")
    long maxPendingBytes();

    /**
     * How long the ledger waits, before it takes readings in, for the tap to have seen the control
     * messages among them.
     */
    @WithDefault("150ms")
    Duration patience();

    /** How many agents' control messages are counted at once; those of others stay billed. */
    @WithDefault("200000")
    int maxControlAgents();

    /**
     * After how long control messages that match no new reading are taken from what is booked
     * already: the reading that holds them came through another tracker, or before them.
     */
    @WithDefault("3s")
    Duration overdueAfter();

    /**
     * About how many messages of a tenant are looked at in a window at most; where there are more,
     * a random sample of them. All are counted.
     */
    @WithDefault("2500")
    int inspectedPerTenant();

    /** About how many messages of all tenants a dispatcher looks at in a window at most. */
    @WithDefault("25000")
    int inspected();
}
