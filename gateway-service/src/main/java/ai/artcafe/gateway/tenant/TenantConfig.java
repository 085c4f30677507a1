package ai.artcafe.gateway.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What becomes of tenants that are deleted. */
@ConfigMapping(prefix = "artcafe.gateway.tenants")
public interface TenantConfig {

    /**
     * How long the slot of a deleted tenant is given to nobody: longer than the ledger takes late
     * readings. For three quarters of it what comes of the slot is still the old tenant's, then
     * nobody's, until all trackers know that.
     */
    @WithDefault("4d")
    Duration slotRest();

    /** How often it is looked for tenants that are deleted, but not with all that they had. */
    @WithDefault("30s")
    Duration clearEvery();
}
