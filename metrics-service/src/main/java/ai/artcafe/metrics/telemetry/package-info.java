/** The names of this service's own metrics. */
@NullMarked
package ai.artcafe.metrics.telemetry;

import org.jspecify.annotations.NullMarked;
