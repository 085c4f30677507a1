/**
 * The description of the REST API, as far as it is not written at the operations. Examples of
 * bodies are in {@code openapi/examples}, under the name of their schema or operation.
 */
@NullMarked
package ai.artcafe.gateway.openapi;

import org.jspecify.annotations.NullMarked;
