package ai.artcafe.system.bench;

import java.time.Duration;

/**
 * What a contender did in one turn.
 *
 * @param messages messages that went all the way through
 * @param wall from the first to the last of them
 * @param cpu user and system time of the contender's own process, not of its load or its server
 */
record Sample(long messages, Duration wall, Duration cpu) {

    double messagesPerSecond() {
        return messages / (wall.toNanos() / 1e9);
    }

    double cpuSecondsPerMillion() {
        return cpu.toNanos() / 1e9 / (messages / 1e6);
    }
}
