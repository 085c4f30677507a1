/** The conventions of every JSON that a service reads or writes. */
@NullMarked
package ai.artcafe.runtime.json;

import org.jspecify.annotations.NullMarked;
