package ai.artcafe.metrics.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How much this process answers, in units: a request costs one, an expensive one more. Each process
 * counts for itself: behind a load balancer, N of them let up to N times as much pass.
 */
@ConfigMapping(prefix = "artcafe.metrics.rate-limit")
public interface RateLimitConfig {

    /** Whether there are limits at all. */
    @WithDefault("true")
    boolean enabled();

    /** Units a minute of one user, over all their tenants and pages, in the long run. */
    @WithDefault("1200")
    int userPerMinute();

    /** The same at once. */
    @WithDefault("300")
    int userBurst();

    /** Units a minute of all users of one tenant together, in the long run. */
    @WithDefault("12000")
    int tenantPerMinute();

    /** The same at once. */
    @WithDefault("3000")
    int tenantBurst();

    /** Units a minute of one address (IPv6: one /64) without a token that holds. */
    @WithDefault("600")
    int addressPerMinute();

    /** The same at once. */
    @WithDefault("300")
    int addressBurst();

    /** Users, tenants and addresses that are remembered at a time, of each kind. */
    @WithDefault("50000")
    int remembered();
}
