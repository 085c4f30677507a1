/**
 * The auth callout's side of NATS: requests and answers as signed tokens, and the connection they
 * travel on.
 */
@NullMarked
package ai.artcafe.gateway.callout.broker;

import org.jspecify.annotations.NullMarked;
