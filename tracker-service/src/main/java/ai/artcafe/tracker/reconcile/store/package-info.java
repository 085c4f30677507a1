/** What the reconciliation keeps beside the ledger: findings, agents' status, the tap's counts. */
@NullMarked
package ai.artcafe.tracker.reconcile.store;

import org.jspecify.annotations.NullMarked;
