/** Readings over NATS: the monitor's connection to the servers, and the gateways' batches. */
@NullMarked
package ai.artcafe.tracker.reading.broker;

import org.jspecify.annotations.NullMarked;
