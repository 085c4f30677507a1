/** Usage items in DynamoDB. */
@NullMarked
package ai.artcafe.tracker.rollup.store;

import org.jspecify.annotations.NullMarked;
