package ai.artcafe.tracker.reading;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What became of asking all NATS servers.
 *
 * @param at when they were asked
 * @param through the servers that are read without a gap, and up to when
 * @param missing those that were read before, or began to be, and are not now
 * @param gone those that will not be heard any more, and since when: they said that they end, or
 *     another server is in their place
 */
public record Poll(
        Instant at, Map<String, Instant> through, Set<String> missing, Map<String, Instant> gone) {

    public Poll {
        through = Map.copyOf(through);
        missing = Set.copyOf(missing);
        gone = Map.copyOf(gone);
    }
}
