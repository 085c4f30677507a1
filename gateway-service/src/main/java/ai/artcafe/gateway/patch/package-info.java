/** Changes as JSON Merge Patch (RFC 7396): what is not named stays, {@code null} removes. */
@NullMarked
package ai.artcafe.gateway.patch;

import org.jspecify.annotations.NullMarked;
