/** Rollups, snapshots and sessions: the ledger's totals as billing keeps them. */
@NullMarked
package ai.artcafe.tracker.rollup;

import org.jspecify.annotations.NullMarked;
