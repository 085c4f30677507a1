/** What was out of the ordinary in a tenant's traffic. */
@NullMarked
package ai.artcafe.metrics.anomaly;

import org.jspecify.annotations.NullMarked;
