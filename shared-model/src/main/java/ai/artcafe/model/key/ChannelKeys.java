package ai.artcafe.model.key;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;

/**
 * Keys of {@link Table#CHANNELS} and {@link Table#CHANNEL_SUBSCRIPTIONS}. A subscription is there
 * twice: under its channel ({@code {tenant}#{channel}}, {@code {agent}}) and, with the two changed
 * about, under its agent ({@code {tenant}#AGENT#{agent}}, {@code {channel}}).
 */
public final class ChannelKeys {

    /** The sort key of the item that counts what else its partition holds; before any id. */
    public static final String COUNT = "#COUNT";

    /** The attribute of that item, and of a channel that counts its agents. */
    public static final String COUNTED = "counted";

    private ChannelKeys() {}

    /** The partition of the agents that belong to a channel. */
    public static String agentsOf(TenantId tenant, ChannelId channel) {
        return tenant + "#" + channel;
    }

    /** The partition of the channels that an agent belongs to. */
    public static String channelsOf(TenantId tenant, AgentId agent) {
        return tenant + "#AGENT#" + agent;
    }
}
