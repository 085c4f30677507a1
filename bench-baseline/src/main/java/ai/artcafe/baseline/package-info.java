/** The least that an endpoint can do. */
@NullMarked
package ai.artcafe.baseline;

import org.jspecify.annotations.NullMarked;
