/** Connections that are made again for good, whatever ended them. */
@NullMarked
package ai.artcafe.nats.connection;

import org.jspecify.annotations.NullMarked;
