/** Keeps reports in Redis, where a tracker finds them. */
@NullMarked
package ai.artcafe.runtime.status.store;

import org.jspecify.annotations.NullMarked;
