package ai.artcafe.runtime.status;

import java.time.Duration;

/** As configured in a test. */
record StatusSettings(
        Duration interval, Duration healthInterval, int endpoints, int agents, int waitingMinutes)
        implements StatusConfig {

    static StatusSettings bounded(int endpoints, int agents, int waitingMinutes) {
        return new StatusSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(15), endpoints, agents, waitingMinutes);
    }
}
