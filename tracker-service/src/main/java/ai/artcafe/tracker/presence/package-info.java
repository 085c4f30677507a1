/**
 * Who is there, and how they are: derived from the ledger's open connections and the agents'
 * heartbeats, the same by whichever tracker and in whatever order they are heard of.
 */
@NullMarked
package ai.artcafe.tracker.presence;

import org.jspecify.annotations.NullMarked;
