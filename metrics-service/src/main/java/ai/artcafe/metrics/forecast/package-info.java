/** What a tenant will probably publish. */
@NullMarked
package ai.artcafe.metrics.forecast;

import org.jspecify.annotations.NullMarked;
