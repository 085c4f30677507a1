/** Keeps which sockets are open on which gateway. */
@NullMarked
package ai.artcafe.gateway.connection.store;

import org.jspecify.annotations.NullMarked;
