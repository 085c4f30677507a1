/** Finds what gateways have left for the trackers. */
@NullMarked
package ai.artcafe.tracker.reading.store;

import org.jspecify.annotations.NullMarked;
