/** The platform's status in Redis and in DynamoDB. */
@NullMarked
package ai.artcafe.tracker.status.store;

import org.jspecify.annotations.NullMarked;
