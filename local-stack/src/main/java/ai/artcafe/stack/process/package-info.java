/** The stack as child processes: found or fetched, started, watched, ended; none outlives us. */
@NullMarked
package ai.artcafe.stack.process;

import org.jspecify.annotations.NullMarked;
