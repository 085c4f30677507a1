/** The time, injected. */
@NullMarked
package ai.artcafe.runtime.time;

import org.jspecify.annotations.NullMarked;
