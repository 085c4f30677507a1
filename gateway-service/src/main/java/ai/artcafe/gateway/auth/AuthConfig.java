package ai.artcafe.gateway.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How agents prove who they are at the WebSocket door. */
@ConfigMapping(prefix = "artcafe.gateway.auth")
public interface AuthConfig {

    /** How long a challenge may be answered. */
    @WithDefault("5m")
    Duration challengeLifetime();

    /**
     * Whether challenges that agents make for themselves count as well, once each. Weaker: what an
     * agent signs need not be of now, nor for here.
     */
    @WithDefault("false")
    boolean clientChallenges();

    /** For how long one of those that says no time stays used. */
    @WithDefault("30d")
    Duration clientChallengeMemory();
}
