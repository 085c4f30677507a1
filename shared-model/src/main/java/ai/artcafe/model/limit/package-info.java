/** Limits that hold after the fact: what trackers tell gateways of them. */
@NullMarked
package ai.artcafe.model.limit;

import org.jspecify.annotations.NullMarked;
