package ai.artcafe.tracker.presence;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a tenant's agents.
 *
 * @param next when one of them has to be looked at again
 * @param changes how many have another status now
 * @param joins how many of these came
 * @param leaves how many of these left
 * @param unnamed how many of those looked at have open connections that are not known by name
 */
public record Evaluated(
        Optional<Instant> next, long changes, long joins, long leaves, long unnamed) {}
