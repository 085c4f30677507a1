/** What is counted: cumulative readings of connections, and the totals derived from them. */
@NullMarked
package ai.artcafe.model.usage;

import org.jspecify.annotations.NullMarked;
