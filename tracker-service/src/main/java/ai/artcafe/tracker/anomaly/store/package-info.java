/** Anomalies in DynamoDB, and how it stands with them in Redis. */
@NullMarked
package ai.artcafe.tracker.anomaly.store;

import org.jspecify.annotations.NullMarked;
