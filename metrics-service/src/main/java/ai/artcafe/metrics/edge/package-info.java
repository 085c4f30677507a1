/** What holds for every request before a resource sees it, and for every answer after. */
@NullMarked
package ai.artcafe.metrics.edge;

import org.jspecify.annotations.NullMarked;
