/** Anomalies: what is out of the ordinary in the tenants' traffic, when it begins and ends. */
@NullMarked
package ai.artcafe.tracker.anomaly;

import org.jspecify.annotations.NullMarked;
