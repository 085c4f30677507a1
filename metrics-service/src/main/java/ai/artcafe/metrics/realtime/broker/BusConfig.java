package ai.artcafe.metrics.realtime.broker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The live pictures that gateways ask for, for the dashboards that are connected to them. */
@ConfigMapping(prefix = "artcafe.metrics.pictures")
public interface BusConfig {

    /** Whether this instance answers. It then needs NATS, and the seed {@code metrics}. */
    @WithDefault("true")
    boolean answer();

    /** Questions answered at the same time; more are refused at once. */
    @WithDefault("64")
    int atOnce();
}
