/** The tap's connection to NATS. */
@NullMarked
package ai.artcafe.tracker.tap.broker;

import org.jspecify.annotations.NullMarked;
