/** What a person may do in a tenant. */
@NullMarked
package ai.artcafe.model.access;

import org.jspecify.annotations.NullMarked;
