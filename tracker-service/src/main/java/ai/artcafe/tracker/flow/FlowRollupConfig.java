package ai.artcafe.tracker.flow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the flow is rolled up into minutes, hours and days; one tracker at a time does it. */
@ConfigMapping(prefix = "artcafe.flow-rollup")
public interface FlowRollupConfig {

    /** How often it is looked for what is due. */
    @WithDefault("1s")
    Duration interval();

    /** How many spans are taken up in a round; the others wait for the next. */
    @WithDefault("2000")
    int spansAtOnce();

    /** How many tenants' spans are held in memory, and written, at once. */
    @WithDefault("8")
    int tenantsAtOnce();

    /**
     * How long after its end a minute is looked at once more, for what trackers could not tell in
     * time.
     */
    @WithDefault("4m")
    Duration secondLook();

    /** After how long a span is taken up again that could not be rolled up. */
    @WithDefault("30s")
    Duration retry();

    /** How long after its end a minute is given up that cannot be rolled up. */
    @WithDefault("2h")
    Duration giveUp();
}
