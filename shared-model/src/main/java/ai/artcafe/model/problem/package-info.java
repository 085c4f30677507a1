/** Every error that a client can see, with its stable code, HTTP status and close code. */
@NullMarked
package ai.artcafe.model.problem;

import org.jspecify.annotations.NullMarked;
