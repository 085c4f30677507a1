/** Creates tenants, each in a free slot of the pool. */
@NullMarked
package ai.artcafe.gateway.tenant.registry;

import org.jspecify.annotations.NullMarked;
