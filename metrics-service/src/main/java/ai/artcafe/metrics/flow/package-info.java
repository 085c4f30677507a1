/** Parts of answers that tell of what flowed: percentiles, rankings, behaviour. */
@NullMarked
package ai.artcafe.metrics.flow;

import org.jspecify.annotations.NullMarked;
