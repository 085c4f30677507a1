package ai.artcafe.tracker.rollup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger is written to DynamoDB, and read back. */
@ConfigMapping(prefix = "artcafe.rollup")
public interface RollupConfig {

    /** How often. */
    @WithDefault("60s")
    Duration interval();

    /** How many items are being written, or agents read, at once. */
    @WithDefault("32")
    int concurrency();

    /** How many tenants' changes are held in memory, and written, at once. */
    @WithDefault("4")
    int tenantsAtOnce();

    /**
     * How many writes a second one tracker makes at most, each KiB of a larger item counted as one;
     * so many may come at once after a pause. Below what the table may take.
     */
    @WithDefault("1000")
    int writesPerSecond();

    /** How often a throttled write is tried in a round, with growing pauses between. */
    @WithDefault("10")
    int attempts();

    /**
     * How long all writes pause after one was throttled; it doubles with each further try, up to 10
     * s.
     */
    @WithDefault("100ms")
    Duration backoff();

    /** How long minute snapshots are kept. */
    @WithDefault("30d")
    Duration snapshotLife();

    /** How long a connection's last reading is kept after it closed. */
    @WithDefault("62d")
    Duration sessionLife();

    /** How long hours, days and months are kept after their end: 13 months. */
    @WithDefault("400d")
    Duration rollupLife();

    /** How long what serves a recovery only is kept: moved control counts, parts of journals. */
    @WithDefault("8d")
    Duration recoveryLife();
}
