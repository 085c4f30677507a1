package ai.artcafe.gateway.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who is connected where, and how connections are ended. */
@ConfigMapping(prefix = "artcafe.gateway.connections")
public interface ConnectionConfig {

    /**
     * How long it is waited for the trackers to count a new connection; then the NATS servers are
     * asked for the agent's connections.
     */
    @WithDefault("8s")
    Duration countPatience();

    /** Agents that have connected whose connections wait to be counted; more are not, counted. */
    @WithDefault("50000")
    int arrivals();

    /** How often it is looked for agents that were revoked and are connected still. */
    @WithDefault("1s")
    Duration sweepEvery();

    /**
     * How long after a cut-off the NATS door is searched again, for those who were just connecting:
     * above the server's {@code authorization} timeout.
     */
    @WithDefault("6s")
    Duration lookAgain();

    /** Cut-offs of the NATS door that may wait; more are given up, counted. */
    @WithDefault("10000")
    int pendingCutOffs();

    /** What happens when an agent opens more connections than its plan has, at either door. */
    @WithDefault("replace")
    WhenFull whenFull();

    /** How often other gateways are told which sockets opened and closed. */
    @WithDefault("100ms")
    Duration tellEvery();

    /** Sockets of other gateways that are known at a time; more are not counted. */
    @WithDefault("500000")
    int known();

    /** How often what opened and closed is written to DynamoDB. */
    @WithDefault("500ms")
    Duration writeEvery();

    /** How often the records of open sockets are written anew; they live for 24 hours. */
    @WithDefault("8h")
    Duration renewEvery();

    /** How often a gateway says in DynamoDB that it is there, and looks who is not. */
    @WithDefault("10s")
    Duration heartbeat();

    /** After how long without one its sockets are gone. */
    @WithDefault("30s")
    Duration heartbeatTimeout();
}
