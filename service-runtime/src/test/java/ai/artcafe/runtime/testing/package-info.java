/** What the services' tests have in common; other modules have it as a test-jar. */
@NullMarked
package ai.artcafe.runtime.testing;

import org.jspecify.annotations.NullMarked;
