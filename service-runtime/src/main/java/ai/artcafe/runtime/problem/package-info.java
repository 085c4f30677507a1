/** Every error that leaves a service over HTTP, as problem+json (RFC 9457) with a stable code. */
@NullMarked
package ai.artcafe.runtime.problem;

import org.jspecify.annotations.NullMarked;
