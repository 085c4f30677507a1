/** What the ledger, the servers and the tap say of a tenant's traffic, and what was made of it. */
@NullMarked
package ai.artcafe.metrics.reconciliation;

import org.jspecify.annotations.NullMarked;
