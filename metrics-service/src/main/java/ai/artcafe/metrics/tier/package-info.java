/** What a plan's tier may see, and what it is told it lacks. */
@NullMarked
package ai.artcafe.metrics.tier;

import org.jspecify.annotations.NullMarked;
