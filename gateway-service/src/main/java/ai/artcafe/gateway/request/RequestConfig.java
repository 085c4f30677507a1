package ai.artcafe.gateway.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Requests to agents over REST. */
@ConfigMapping(prefix = "artcafe.gateway.requests")
interface RequestConfig {

    /** How long one without {@code timeout_ms} waits for its reply. */
    @WithDefault("5s")
    Duration timeout();

    /** The longest {@code timeout_ms}. */
    @WithDefault("60s")
    Duration maxTimeout();

    /** How many of one tenant may wait for a reply here; more are refused. */
    @WithDefault("100")
    int openPerTenant();
}
