/** The flow in Redis, as it happens, and in DynamoDB, rolled up. */
@NullMarked
package ai.artcafe.tracker.flow.store;

import org.jspecify.annotations.NullMarked;
