/** The description of the REST API, as far as it is not written at the operations. */
@NullMarked
package ai.artcafe.gateway.openapi;

import org.jspecify.annotations.NullMarked;
