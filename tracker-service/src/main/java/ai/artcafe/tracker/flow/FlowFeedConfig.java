package ai.artcafe.tracker.flow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How what the tap saw is handed on to Redis. */
@ConfigMapping(prefix = "artcafe.flow.feed")
public interface FlowFeedConfig {

    /** How often it is looked whether there is anything to write. */
    @WithDefault("100ms")
    Duration interval();

    /** How often the sketches of a tenant's present minute are written at most. */
    @WithDefault("500ms")
    Duration sketchInterval();

    /**
     * How many tenants' sketches one write takes; those of the others wait for the next, the oldest
     * first.
     */
    @WithDefault("100")
    int tenantsAtOnce();

    /** How many tenants are written to Redis at the same time: few, the ledger goes first. */
    @WithDefault("4")
    int concurrency();

    /** How long one write may take before Redis counts as away. */
    @WithDefault("2s")
    Duration timeout();

    /** How many minutes of a tenant wait while Redis is away; older ones are lost, and counted. */
    @WithDefault("3")
    int minutesKept();

    /** How long the seconds stay in Redis. */
    @WithDefault("10m")
    Duration secondLife();

    /** How long the minutes stay in Redis: how long they may take to be rolled up. */
    @WithDefault("2h")
    Duration minuteLife();
}
