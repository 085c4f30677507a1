/** The ledger as DynamoDB holds it, and the mark that Redis has it. */
@NullMarked
package ai.artcafe.tracker.recovery.store;

import org.jspecify.annotations.NullMarked;
