/**
 * What flowed, as the tap saw it: counts, sketches of distributions that can be merged, and the
 * spans of time they are kept by. It bills nothing.
 */
@NullMarked
package ai.artcafe.model.flow;

import org.jspecify.annotations.NullMarked;
