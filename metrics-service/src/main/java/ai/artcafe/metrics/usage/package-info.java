/**
 * What a tenant has used in a period, to the message: today, the billing period, any range of
 * hours.
 */
@NullMarked
package ai.artcafe.metrics.usage;

import org.jspecify.annotations.NullMarked;
