/**
 * A tenant's usage as a file: CSV or NDJSON, in constant memory however long, with the same sums as
 * every other answer, and so that a download can be taken up where it broke off.
 */
@NullMarked
package ai.artcafe.metrics.usage.export;

import org.jspecify.annotations.NullMarked;
