/** Readings on their way to the ledger: what NATS servers and gateways say connections carried. */
@NullMarked
package ai.artcafe.tracker.reading;

import org.jspecify.annotations.NullMarked;
