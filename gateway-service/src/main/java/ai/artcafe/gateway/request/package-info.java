/** Requests of a tenant's users to its agents. */
@NullMarked
package ai.artcafe.gateway.request;

import org.jspecify.annotations.NullMarked;
