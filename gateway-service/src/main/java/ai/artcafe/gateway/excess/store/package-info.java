/** Remembers in Redis, for all gateways, who was over a limit how often. */
@NullMarked
package ai.artcafe.gateway.excess.store;

import org.jspecify.annotations.NullMarked;
