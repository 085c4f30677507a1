package ai.artcafe.tracker.ledger;

import ai.artcafe.model.usage.Reading;
import java.time.Instant;

/**
 * A reading and when its counters had these values: the time of the poll, or of the connection's
 * end.
 */
public record Observed(Reading reading, Instant at) {}
