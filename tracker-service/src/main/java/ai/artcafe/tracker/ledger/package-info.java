/** The exact totals: what every connection has carried, applied so that nothing counts twice. */
@NullMarked
package ai.artcafe.tracker.ledger;

import org.jspecify.annotations.NullMarked;
