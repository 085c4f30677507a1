/**
 * What a service tells of itself: requests and how long they took, sessions, whether it was well.
 * Recorded in memory and reported by the minute, as the whole of the minute so far, so that a
 * repetition changes nothing.
 */
@NullMarked
package ai.artcafe.runtime.status;

import org.jspecify.annotations.NullMarked;
