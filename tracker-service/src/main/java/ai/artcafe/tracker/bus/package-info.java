/** What all that is told on the platform's bus once has in common. */
@NullMarked
package ai.artcafe.tracker.bus;

import org.jspecify.annotations.NullMarked;
