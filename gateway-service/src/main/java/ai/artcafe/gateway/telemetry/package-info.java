/** What the gateway measures of itself; every metric name is in one file. */
@NullMarked
package ai.artcafe.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
