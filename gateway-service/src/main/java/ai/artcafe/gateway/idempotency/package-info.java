/** Requests that may be repeated with the same {@code Idempotency-Key} and take effect once. */
@NullMarked
package ai.artcafe.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
