package ai.artcafe.gateway.callout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the NATS server's questions are answered. */
@ConfigMapping(prefix = "artcafe.gateway.callout")
public interface CalloutConfig {

    /** Questions answered at the same time; others wait. */
    @WithDefault("64")
    int concurrency();

    /** Questions that may wait; beyond it they are dropped, and the clients try again. */
    @WithDefault("10000")
    int pending();

    /**
     * How long a refusal is held back at most, for clients that have failed often in a row; the
     * server waits 5 s for it.
     */
    @WithDefault("3s")
    Duration refusalDelay();

    /** Refusals held back at the same time; beyond it clients get no answer at all. */
    @WithDefault("10000")
    int delayedRefusals();

    /** How long a shutdown waits for the questions that were taken. */
    @WithDefault("3s")
    Duration drainPatience();
}
