/** Presence in Redis, its history in DynamoDB. */
@NullMarked
package ai.artcafe.tracker.presence.store;

import org.jspecify.annotations.NullMarked;
