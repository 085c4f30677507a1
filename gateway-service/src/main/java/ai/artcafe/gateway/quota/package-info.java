/** How many messages a tenant may still publish today: the trackers' figures, looked at here. */
@NullMarked
package ai.artcafe.gateway.quota;

import org.jspecify.annotations.NullMarked;
