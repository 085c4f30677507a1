/** What a receiver answers to the sender of a message, and when it answers at all. */
@NullMarked
package ai.artcafe.nats.ack;

import org.jspecify.annotations.NullMarked;
