/** The stack in containers, where an engine answers. */
@NullMarked
package ai.artcafe.stack.container;

import org.jspecify.annotations.NullMarked;
