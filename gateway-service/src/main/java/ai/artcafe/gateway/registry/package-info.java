/** What the registries of tenants and agents share. */
@NullMarked
package ai.artcafe.gateway.registry;

import org.jspecify.annotations.NullMarked;
