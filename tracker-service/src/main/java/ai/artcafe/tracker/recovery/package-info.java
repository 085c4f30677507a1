/**
 * Brings a ledger that Redis has lost back from what was written of it, before anything is applied.
 */
@NullMarked
package ai.artcafe.tracker.recovery;

import org.jspecify.annotations.NullMarked;
