/**
 * NATS for our services: the Reactive Messaging connector {@code artcafe-nats}, and the options,
 * seeds and configuration of every NATS connection they open.
 */
@NullMarked
package ai.artcafe.nats;

import org.jspecify.annotations.NullMarked;
