/** Whether all is well: of a tenant's agents and figures, and of what this service needs. */
@NullMarked
package ai.artcafe.metrics.health;

import org.jspecify.annotations.NullMarked;
