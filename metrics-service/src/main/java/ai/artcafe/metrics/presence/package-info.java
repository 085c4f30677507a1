/** Who of a tenant's agents is there, and how they are. */
@NullMarked
package ai.artcafe.metrics.presence;

import org.jspecify.annotations.NullMarked;
