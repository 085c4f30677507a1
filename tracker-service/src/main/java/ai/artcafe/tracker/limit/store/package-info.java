/** Reads from Redis what tenants have published lately. */
@NullMarked
package ai.artcafe.tracker.limit.store;

import org.jspecify.annotations.NullMarked;
