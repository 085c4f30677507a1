/** Keeps the last readings of a gateway that ends while no tracker listens. */
@NullMarked
package ai.artcafe.gateway.reading.store;

import org.jspecify.annotations.NullMarked;
