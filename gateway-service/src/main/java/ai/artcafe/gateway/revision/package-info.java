/** Which state of a resource is meant: {@code ETag}, {@code If-Match}, {@code If-None-Match}. */
@NullMarked
package ai.artcafe.gateway.revision;

import org.jspecify.annotations.NullMarked;
