package ai.artcafe.gateway.quota;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the day's figures are looked at. */
@ConfigMapping(prefix = "artcafe.gateway.quota")
interface QuotaConfig {

    /** How often the trackers' figures of the tenants that have sockets here are read. */
    @WithDefault("1s")
    Duration every();

    /** How often a tenant's record is read, for limits that have changed; at most 2 s. */
    @WithDefault("2s")
    Duration limitsEvery();

    /** From which age on the trackers' figures are called stale. */
    @WithDefault("10s")
    Duration staleAfter();

    /** How long a tenant's figures are kept after its last socket here has closed. */
    @WithDefault("60s")
    Duration keep();
}
