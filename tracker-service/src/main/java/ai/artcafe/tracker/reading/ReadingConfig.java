package ai.artcafe.tracker.reading;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How readings are taken. */
@ConfigMapping(prefix = "artcafe.reading")
public interface ReadingConfig {

    /** How often the NATS servers are asked, and the ledger brought up to date. */
    @WithDefault("1s")
    Duration interval();

    /** How long one poll waits for the servers' answers at most; late ones still count. */
    @WithDefault("800ms")
    Duration patience();

    /**
     * How many connections are held in memory at most; reached only while Redis is away. Those
     * beyond are read again from the servers' rings afterwards.
     */
    @WithDefault("1000000")
    int maxConnections();

    /** After how long without an answer a server or a gateway counts as gone. */
    @WithDefault("90s")
    Duration goneAfter();

    /** Bytes of events and answers that may wait for being read. */
    @WithDefault("536870912")
    long maxPendingBytes();

    /** How many connections of one server are asked after one by one; more at once in one list. */
    @WithDefault("50")
    int maxIdentityQueries();

    /**
     * Every so many polls a server lists all its connections; at those in between only the
     * connections of accounts whose counters have changed.
     */
    @WithDefault("10")
    int listAllEvery();

    /**
     * How many closed connections a NATS server remembers, {@code max_closed_clients}: a full ring
     * whose oldest is younger than the last reading has lost some.
     */
    @WithDefault("100000")
    int closedRing();

    /** How many connections that a server ended are remembered, for the reconciliation. */
    @WithDefault("10000")
    int maxSuspects();
}
