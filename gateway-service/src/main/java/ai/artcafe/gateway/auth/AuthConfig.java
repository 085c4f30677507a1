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
}
