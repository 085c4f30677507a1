/** Tenants as operators create them and members read them. */
@NullMarked
package ai.artcafe.gateway.tenant;

import org.jspecify.annotations.NullMarked;
