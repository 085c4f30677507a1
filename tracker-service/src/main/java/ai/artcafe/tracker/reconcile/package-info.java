/** Compares the ledger with what else has counted, and books what it is missing. */
@NullMarked
package ai.artcafe.tracker.reconcile;

import org.jspecify.annotations.NullMarked;
