/** Who is there, and how they are. */
@NullMarked
package ai.artcafe.model.presence;

import org.jspecify.annotations.NullMarked;
