package ai.artcafe.runtime.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The HTTP server. */
@ConfigMapping(prefix = "artcafe.http")
public interface HttpConfig {

    /**
     * How long the head of a request may take to come: the first one from when its connection is
     * made, later ones from their first byte. Then the connection ends. Bodies, and WebSockets, may
     * take longer.
     */
    @WithDefault("10s")
    Duration headTimeout();
}
