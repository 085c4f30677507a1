package ai.artcafe.gateway.signal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How signs of life and of trouble reach the trackers. */
@ConfigMapping(prefix = "artcafe.gateway.signals")
interface SignalConfig {

    /** How often they are sent, when there are any. */
    @WithDefault("1s")
    Duration every();

    /** Bytes of an agent's heartbeat that are passed on; of a larger one, only that it came. */
    @WithDefault("4096")
    int frameBytes();

    /** Sockets whose latest heartbeat waits to be sent; those of others are dropped, counted. */
    @WithDefault("200000")
    int heartbeats();

    /** Bytes of heartbeats that wait to be sent; of those beyond it, only that they came. */
    @WithDefault("67108864")
    long heartbeatBytes();

    /**
     * Agents whose errors are told apart in one period; those of others count for their tenant
     * only.
     */
    @WithDefault("10000")
    int errorAgents();

    /** Failed logins in a period whose agent is looked for; others are dropped, counted. */
    @WithDefault("100")
    int failedLogins();

    /** Bytes in one message, at most; NATS takes 1 MiB. */
    @WithDefault("786432")
    int messageBytes();
}
