/**
 * The agents' WebSocket door: the route, admission before the upgrade, frames, and one object a
 * socket.
 */
@NullMarked
package ai.artcafe.gateway.socket;

import org.jspecify.annotations.NullMarked;
