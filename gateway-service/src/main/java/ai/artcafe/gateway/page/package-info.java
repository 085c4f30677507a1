/** Lists in pages: how many at a time, and where to go on. */
@NullMarked
package ai.artcafe.gateway.page;

import org.jspecify.annotations.NullMarked;
