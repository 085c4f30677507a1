/** A tenant with simulated agents at both doors, so that a fresh platform has something to show. */
@NullMarked
package ai.artcafe.stack.demo;

import org.jspecify.annotations.NullMarked;
