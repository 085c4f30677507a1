/** Keeps challenges where every gateway sees them, so that each is used once. */
@NullMarked
package ai.artcafe.gateway.auth.store;

import org.jspecify.annotations.NullMarked;
