/** Who is who: tenants, agents, channels, and the slot account that a tenant lives in. */
@NullMarked
package ai.artcafe.model.identity;

import org.jspecify.annotations.NullMarked;
