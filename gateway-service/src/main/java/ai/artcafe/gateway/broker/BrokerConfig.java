package ai.artcafe.gateway.broker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The gateway's NATS connections, one for each tenant that has an agent here. */
@ConfigMapping(prefix = "artcafe.gateway.broker")
public interface BrokerConfig {

    /** How long a tenant's connection stays open after its last agent has left. */
    @WithDefault("60s")
    Duration idleTimeout();

    /**
     * How long the first agent of a tenant waits for the connection before it is let in without.
     */
    @WithDefault("3s")
    Duration connectPatience();

    /** Size of a connection's read buffer and of its write buffer, in bytes. */
    @WithDefault("16384")
    int bufferBytes();

    /** Messages that may wait for NATS; above it the sockets that send are read no further. */
    @WithDefault("16384")
    int congestedMessages();

    /** Bytes that may wait for NATS; above it the sockets that send are read no further. */
    @WithDefault("16777216")
    long congestedBytes();

    /** Messages from NATS that may wait to be handed to the sockets; more are dropped, counted. */
    @WithDefault("65536")
    long pendingMessages();

    /** Bytes from NATS that may wait to be handed to the sockets; more are dropped, counted. */
    @WithDefault("67108864")
    long pendingBytes();

    /** Distinct subjects that one tenant's sockets may subscribe to here. */
    @WithDefault("10000")
    int subjectsPerTenant();
}
