/** Tells the trackers, every second, of the agents' signs of life and of what went wrong. */
@NullMarked
package ai.artcafe.gateway.signal;

import org.jspecify.annotations.NullMarked;
