package ai.artcafe.metrics.realtime;

import java.time.Instant;

/**
 * The time that percentiles, rankings and rates of errors are of: the present minute and the one
 * before.
 *
 * @param from its first instant
 * @param to up to when the taps have told
 * @param messages that they saw in it
 * @param bytes their payload and headers
 */
public record Window(Instant from, Instant to, long messages, long bytes) {}
