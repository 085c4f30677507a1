/**
 * What the platform stands on, on this machine: NATS, Redis and DynamoDB Local, with keys, a server
 * configuration and tokens; for tests and for {@code ./artcafe up}, never deployed.
 */
@NullMarked
package ai.artcafe.stack;

import org.jspecify.annotations.NullMarked;
