/**
 * Both doors of the platform: agent WebSockets, the NATS auth callout, and the control-plane API.
 */
@NullMarked
package ai.artcafe.gateway;

import org.jspecify.annotations.NullMarked;
