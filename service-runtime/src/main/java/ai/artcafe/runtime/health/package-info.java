/** Health at the address that load balancers expect. */
@NullMarked
package ai.artcafe.runtime.health;

import org.jspecify.annotations.NullMarked;
