package ai.artcafe.metrics.usage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Billing periods; as the trackers have it. */
@ConfigMapping(prefix = "artcafe.billing")
public interface BillingConfig {

    /** How long after its end a month still takes in what was read late; then it is closed. */
    @WithDefault("72h")
    Duration grace();
}
