/**
 * Operators' corrections of what was booked: proposed by one, signed off by another, booked once
 * and never edited.
 */
@NullMarked
package ai.artcafe.tracker.correction;

import org.jspecify.annotations.NullMarked;
