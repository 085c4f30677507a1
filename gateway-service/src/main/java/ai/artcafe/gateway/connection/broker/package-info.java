/** Looks at, and ends, connections at the NATS door. */
@NullMarked
package ai.artcafe.gateway.connection.broker;

import org.jspecify.annotations.NullMarked;
