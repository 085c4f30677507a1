package ai.artcafe.model.usage;

import java.time.Instant;

/**
 * A time in which a source may have counted something that no one has read: it ended without a last
 * word.
 *
 * @param source {@link ReadingSource#key()}
 * @param from up to when it had been read
 * @param to when it was first missed
 * @param connections how many of the tenant's connections were open on it
 * @param returned whether it came back with its counters, so that nothing was missing after all
 */
public record Gap(String source, Instant from, Instant to, long connections, boolean returned) {}
