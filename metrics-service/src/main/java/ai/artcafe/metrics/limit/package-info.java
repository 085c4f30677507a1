/** How often the API may be asked: by a user, for a tenant, and from an address without a user. */
@NullMarked
package ai.artcafe.metrics.limit;

import org.jspecify.annotations.NullMarked;
