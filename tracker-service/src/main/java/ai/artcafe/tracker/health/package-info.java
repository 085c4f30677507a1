/** What the tracker says of itself when asked whether it is well. */
@NullMarked
package ai.artcafe.tracker.health;

import org.jspecify.annotations.NullMarked;
