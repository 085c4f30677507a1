/** Anomalies on the platform's bus. */
@NullMarked
package ai.artcafe.tracker.anomaly.broker;

import org.jspecify.annotations.NullMarked;
