/** Reads what the trackers have booked, from Redis. */
@NullMarked
package ai.artcafe.gateway.quota.store;

import org.jspecify.annotations.NullMarked;
