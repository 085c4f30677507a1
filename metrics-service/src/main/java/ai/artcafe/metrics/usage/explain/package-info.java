/** What an amount is made of, down to single connections, with the proof that it adds up. */
@NullMarked
package ai.artcafe.metrics.usage.explain;

import org.jspecify.annotations.NullMarked;
