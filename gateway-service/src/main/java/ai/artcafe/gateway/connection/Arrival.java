package ai.artcafe.gateway.connection;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.usage.ReadingSource;
import java.time.Instant;

/**
 * An agent has made a connection, and may have more than its plan allows.
 *
 * @param source who counts the connection
 * @param at when the first one was made that has not been looked at
 */
record Arrival(ConnectionOwner.Agent owner, ReadingSource source, Instant at) {}
