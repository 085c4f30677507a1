package ai.artcafe.model.key;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;

/**
 * Keys of {@link Table#CHANNELS} and {@link Table#CHANNEL_SUBSCRIPTIONS}. A subscription is there
 * twice: under its channel ({@code {tenant}#{channel}}, {@code {agent}}) and, with the two changed
 * about, under its agent ({@code {tenant}#AGENT#{agent}}, {@code {channel}}). Besides, for an hour,
 * that an agent's channels have changed: {@link #CHANGES}, {@code {epoch milliseconds}#{random}},
 * written with the change itself.
 */
public final class ChannelKeys {

    /** The sort key of the item that counts what else its partition holds; before any id. */
    public static final String COUNT = "#COUNT";

    /** The attribute of that item, and of a channel that counts its agents. */
    public static final String COUNTED = "counted";

    /** The partition of what every gateway looks at once a second. */
    public static final String CHANGES = "#CHANGED";

    private ChannelKeys() {}

    /** The partition of the agents that belong to a channel. */
    public static String agentsOf(TenantId tenant, ChannelId channel) {
        return tenant + "#" + channel;
    }

    /** The partition of the channels that an agent belongs to. */
    public static String channelsOf(TenantId tenant, AgentId agent) {
        return tenant + "#AGENT#" + agent;
    }

    /**
     * The sort key of a change; in the order of time.
     *
     * @param random different for each change
     */
    public static String change(Instant at, String random) {
        return changesFrom(at) + "#" + random;
    }

    /** Where the changes of this time and later ones begin. */
    public static String changesFrom(Instant at) {
        return "%013d".formatted(at.toEpochMilli());
    }
}
