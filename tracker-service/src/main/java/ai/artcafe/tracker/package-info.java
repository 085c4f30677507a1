/**
 * The tracker: reads what was counted and keeps the ledger. This package puts its parts together.
 */
@NullMarked
package ai.artcafe.tracker;

import org.jspecify.annotations.NullMarked;
