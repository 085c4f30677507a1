package ai.artcafe.tracker.ledger.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger is kept in Redis. */
@ConfigMapping(prefix = "artcafe.ledger")
public interface LedgerConfig {

    /** How long one call may take before Redis counts as away. */
    @WithDefault("5s")
    Duration timeout();

    /**
     * How many readings one run of the script applies at most; Redis does nothing else meanwhile.
     */
    @WithDefault("500")
    int readingsPerScript();

    /** How many tenants' scripts are under way at once. */
    @WithDefault("32")
    int concurrency();

    /**
     * How long the hours, days and agents' days stay in Redis: how long DynamoDB may be away before
     * anything is lost there.
     */
    @WithDefault("8d")
    Duration detailLife();

    /** How long months stay in Redis; at least two of them. */
    @WithDefault("62d")
    Duration monthLife();

    /**
     * How long the position of a closed connection is kept at least. A tracker that still holds a
     * reading of it from before then drops that reading.
     */
    @WithDefault("1h")
    Duration closedLife();
}
