/** The ledger in Redis: one atomic script for each tenant, and the keys it keeps for itself. */
@NullMarked
package ai.artcafe.tracker.ledger.store;

import org.jspecify.annotations.NullMarked;
