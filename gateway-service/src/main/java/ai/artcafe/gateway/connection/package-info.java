/** Who is connected, on which gateway and at which door, and how connections are ended. */
@NullMarked
package ai.artcafe.gateway.connection;

import org.jspecify.annotations.NullMarked;
