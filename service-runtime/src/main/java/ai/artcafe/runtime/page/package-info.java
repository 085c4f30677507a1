/** Lists in pages: how many at a time, and where to go on. */
@NullMarked
package ai.artcafe.runtime.page;

import org.jspecify.annotations.NullMarked;
