/** The tracker's meters. */
@NullMarked
package ai.artcafe.tracker.telemetry;

import org.jspecify.annotations.NullMarked;
