/** Keeps corrections in DynamoDB. */
@NullMarked
package ai.artcafe.tracker.correction.store;

import org.jspecify.annotations.NullMarked;
