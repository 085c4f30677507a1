/** Who asks and for which tenant: bearer tokens, membership, roles. */
@NullMarked
package ai.artcafe.runtime.access;

import org.jspecify.annotations.NullMarked;
