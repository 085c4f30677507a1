/** The connector's meters: every name and tag is here. */
@NullMarked
package ai.artcafe.nats.telemetry;

import org.jspecify.annotations.NullMarked;
