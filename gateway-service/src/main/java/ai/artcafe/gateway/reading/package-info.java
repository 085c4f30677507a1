/** Tells the trackers, every second and until they acknowledge it, what each socket has carried. */
@NullMarked
package ai.artcafe.gateway.reading;

import org.jspecify.annotations.NullMarked;
