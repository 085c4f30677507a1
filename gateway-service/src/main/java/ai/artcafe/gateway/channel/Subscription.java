package ai.artcafe.gateway.channel;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import java.time.Instant;

/** That an agent belongs to a channel, whether it is connected or not. */
public record Subscription(ChannelId channelId, AgentId agentId, Instant subscribedAt) {}
