/** What forecasts are made from, in DynamoDB, and where they are kept, in Redis and DynamoDB. */
@NullMarked
package ai.artcafe.tracker.forecast.store;

import org.jspecify.annotations.NullMarked;
