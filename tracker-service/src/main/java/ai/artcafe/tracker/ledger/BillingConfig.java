package ai.artcafe.tracker.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is billed when. */
@ConfigMapping(prefix = "artcafe.billing")
public interface BillingConfig {

    /**
     * How long after its end a month still takes in what belongs to it and was read late; then it
     * is closed, and what comes later is an adjustment in the open one. At least a day less than
     * {@code artcafe.ledger.detail-life}.
     */
    @WithDefault("72h")
    Duration grace();
}
