package ai.artcafe.tracker.rollup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the ledger is written to DynamoDB. */
@ConfigMapping(prefix = "artcafe.rollup")
public interface RollupConfig {

    /** How often. */
    @WithDefault("60s")
    Duration interval();

    /** How many items are being written at once. */
    @WithDefault("32")
    int concurrency();

    /** How often a throttled write is tried in a round, with growing pauses between. */
    @WithDefault("5")
    int attempts();

    /** The pause after the first failed try; it doubles from there. */
    @WithDefault("100ms")
    Duration backoff();

    /** How long minute snapshots are kept. */
    @WithDefault("30d")
    Duration snapshotLife();

    /** How long a connection's last reading is kept after it changed. */
    @WithDefault("62d")
    Duration sessionLife();

    /** How long hours, days and months are kept after their end: 13 months. */
    @WithDefault("400d")
    Duration rollupLife();
}
