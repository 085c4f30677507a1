/** Limits of the NATS door, where nobody can refuse a single message: who is over them. */
@NullMarked
package ai.artcafe.tracker.limit;

import org.jspecify.annotations.NullMarked;
