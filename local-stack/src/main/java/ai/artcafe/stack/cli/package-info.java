/** What {@code ./artcafe} does once a JDK is found: the whole platform on this machine. */
@NullMarked
package ai.artcafe.stack.cli;

import org.jspecify.annotations.NullMarked;
