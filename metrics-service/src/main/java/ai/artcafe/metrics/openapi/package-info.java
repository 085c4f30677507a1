/**
 * The API's description. What all operations have in common is in {@code META-INF/openapi.yaml},
 * and an example of each answer in {@code openapi/examples}, under its operation's id.
 */
@NullMarked
package ai.artcafe.metrics.openapi;

import org.jspecify.annotations.NullMarked;
