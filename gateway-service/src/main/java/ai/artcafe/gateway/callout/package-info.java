/** Answers the NATS server's question who a connecting client is and what it may do. */
@NullMarked
package ai.artcafe.gateway.callout;

import org.jspecify.annotations.NullMarked;
