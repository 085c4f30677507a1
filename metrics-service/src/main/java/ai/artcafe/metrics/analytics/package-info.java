/** What a tenant's agents did in the last hour, day, week or month. */
@NullMarked
package ai.artcafe.metrics.analytics;

import org.jspecify.annotations.NullMarked;
