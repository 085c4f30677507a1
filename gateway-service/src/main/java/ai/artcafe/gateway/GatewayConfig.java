package ai.artcafe.gateway;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Which gateway this is. */
@ConfigMapping(prefix = "artcafe.gateway")
interface GatewayConfig {

    /**
     * Its id among all gateways, {@code [a-z0-9][a-z0-9-]{0,31}}; the host's name and a random
     * suffix when empty.
     */
    Optional<String> id();
}
