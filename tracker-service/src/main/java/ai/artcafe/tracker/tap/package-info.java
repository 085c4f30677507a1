/** The tap: every message of every tenant seen once, counted, and handed on as windows. */
@NullMarked
package ai.artcafe.tracker.tap;

import org.jspecify.annotations.NullMarked;
