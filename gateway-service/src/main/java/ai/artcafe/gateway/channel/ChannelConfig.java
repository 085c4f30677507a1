package ai.artcafe.gateway.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many channels there may be, and what may be sent to them. */
@ConfigMapping(prefix = "artcafe.gateway.channels")
public interface ChannelConfig {

    /** Channels of one tenant; more are refused. */
    @WithDefault("1000")
    int perTenant();

    /** Agents that may belong to one channel; more are refused. */
    @WithDefault("1000")
    int agentsPerChannel();

    /** Channels that one agent may belong to; more are refused. */
    @WithDefault("100")
    int channelsPerAgent();

    /**
     * How often the latest changes of who belongs to what are looked at, for open sockets: what
     * they follow when no other gateway has told of it.
     */
    @WithDefault("1s")
    Duration membershipsEvery();

    /** For how long a message with the same {@code id} is the same message. */
    @WithDefault("2m")
    Duration repeatWindow();
}
