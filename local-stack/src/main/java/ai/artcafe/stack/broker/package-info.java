/** What is NATS' own about the stack: keys, the server's configuration, clients of the demo. */
@NullMarked
package ai.artcafe.stack.broker;

import org.jspecify.annotations.NullMarked;
