/** What a tenant will probably publish, with how sure that is and how right it was before. */
@NullMarked
package ai.artcafe.model.forecast;

import org.jspecify.annotations.NullMarked;
