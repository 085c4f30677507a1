/** Channels: named topics of a tenant, what is sent to them, and the agents that belong to them. */
@NullMarked
package ai.artcafe.gateway.channel;

import org.jspecify.annotations.NullMarked;
