/** Asks Redis for several things at once. */
@NullMarked
package ai.artcafe.gateway.store;

import org.jspecify.annotations.NullMarked;
