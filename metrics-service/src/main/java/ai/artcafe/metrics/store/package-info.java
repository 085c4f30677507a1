/** Reads what the tracker writes: live totals in Redis, rollups in DynamoDB. */
@NullMarked
package ai.artcafe.metrics.store;

import org.jspecify.annotations.NullMarked;
