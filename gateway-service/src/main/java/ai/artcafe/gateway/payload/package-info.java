/** JSON of users and agents, which passes through the REST API as it is. */
@NullMarked
package ai.artcafe.gateway.payload;

import org.jspecify.annotations.NullMarked;
