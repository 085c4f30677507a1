/** Answers while a store is away: the last known one, marked as such. */
@NullMarked
package ai.artcafe.metrics.answer;

import org.jspecify.annotations.NullMarked;
